import Foundation
import HTTPTypes
import Hummingbird
import LocalAPI
import NIOCore

extension Request {
    /// The body as JSON. Throws `ConsoleError` for everything that is wrong with it.
    func json<T: Decodable>(
        _ type: T.Type, limitBytes: Int = APIVersion.bodyLimitBytes
    ) async throws -> T {
        let name = headers[.contentType] ?? ""
        // A browser asks first before it sends this type for a page of another site.
        guard name.lowercased().split(separator: ";").first == "application/json" else {
            throw ConsoleError.mediaType(name)
        }
        let bytes = try await limitedBody(limitBytes)
        do {
            return try APIForm.decode(type, from: bytes)
        } catch let error as DecodingError {
            throw ConsoleError.malformed(error.sentence)
        } catch {
            throw ConsoleError.malformed("it is not JSON")
        }
    }

    func limitedBody(_ limit: Int) async throws -> [UInt8] {
        let announced = headers[.contentLength].flatMap { Int($0) } ?? 0
        guard announced <= limit else { throw ConsoleError.bodyTooLarge(limitBytes: limit) }
        do {
            var buffer = try await body.collect(upTo: limit)
            return buffer.readBytes(length: buffer.readableBytes) ?? []
        } catch is NIOTooManyBytesError {
            throw ConsoleError.bodyTooLarge(limitBytes: limit)
        }
    }

    func parameter(_ name: String) -> String? {
        uri.queryParameters[Substring(name)].map(String.init)
    }

    /// Throws when it is there and no number of the range.
    func number(_ name: String, in range: ClosedRange<Int64>) throws -> Int64? {
        guard let text = parameter(name) else { return nil }
        guard let number = Int64(text), range.contains(number) else {
            throw ConsoleError.parameter(name, text)
        }
        return number
    }

    func flag(_ name: String, default value: Bool) throws -> Bool {
        guard let text = parameter(name) else { return value }
        guard let flag = Bool(text) else { throw ConsoleError.parameter(name, text) }
        return flag
    }
}

extension DecodingError {
    fileprivate var sentence: String {
        switch self {
        case .keyNotFound(let key, _): "'\(key.stringValue)' is missing"
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            "'\(context.codingPath.map(\.stringValue).joined(separator: "."))' is of a wrong type"
        default: "it is not JSON"
        }
    }
}
