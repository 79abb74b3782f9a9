import Gzip
import HTTPTypes
import Hummingbird
import SwiftProtobuf
import SyncProtocol

/// One request of the protocol: its body, read with every limit, and the form of its answer.
struct MessageExchange {
    /// Of a request, after inflation.
    static let bodyLimitBytes = 4 << 20
    /// Answers shorter than this are sent as they are.
    private static let gzipFloorBytes = 1024

    let path: String
    let method: String
    let headers: HTTPFields
    /// As it came, so before inflation: what a signature covers.
    let body: [UInt8]

    init(reading request: Request) async throws {
        // The raw target: what was signed, and not what a parser made of it.
        path = request.head.path ?? "/"
        method = request.method.rawValue
        headers = request.headers
        let announced = request.headers[.contentLength].flatMap { Int($0) } ?? 0
        guard announced <= Self.bodyLimitBytes else {
            throw RequestError.bodyTooLarge(limitBytes: Self.bodyLimitBytes)
        }
        do {
            var buffer = try await request.body.collect(upTo: Self.bodyLimitBytes)
            body = buffer.readBytes(length: buffer.readableBytes) ?? []
        } catch let error as HTTPError where error.status == .contentTooLarge {
            throw RequestError.bodyTooLarge(limitBytes: Self.bodyLimitBytes)
        }
    }

    func message<M: SwiftProtobuf.Message>(_ type: M.Type) throws -> M {
        let name = headers[.contentType] ?? ""
        // An empty protobuf message is no bytes, and needs no type.
        guard !body.isEmpty || !name.isEmpty else { return M() }
        guard let form = MessageForm(mediaType: name) else {
            if MessageForm.isTooOld(mediaType: name) { throw RequestError.versionTooOld(name) }
            throw RequestError.mediaType(name)
        }
        return try form.decode(type, from: inflated())
    }

    private func inflated() throws -> [UInt8] {
        switch headers[.contentEncoding]?.lowercased() {
        case nil, "identity": body
        case "gzip": try Gzip.decompress(body, limitBytes: Self.bodyLimitBytes)
        case let other?: throw RequestError.contentEncoding(other)
        }
    }

    /// The form that the sender asked for; else the one that it spoke; else protobuf.
    private var answerForm: MessageForm {
        let accepted = (headers[.accept] ?? "").split(separator: ",")
        return accepted.lazy.compactMap { MessageForm(mediaType: String($0)) }.first
            ?? headers[.contentType].flatMap(MessageForm.init(mediaType:)) ?? .protobuf
    }

    func answer(_ message: some SwiftProtobuf.Message) throws -> Response {
        var bytes = try answerForm.encode(message)
        var fields: HTTPFields = [.contentType: answerForm.rawValue, .vary: "Accept"]
        if bytes.count >= Self.gzipFloorBytes, takesGzip {
            bytes = try Gzip.compress(bytes)
            fields[.contentEncoding] = "gzip"
        }
        return Response(
            status: .ok, headers: fields,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    private var takesGzip: Bool {
        (headers[.acceptEncoding] ?? "").lowercased().split(separator: ",").contains {
            let parts = $0.split(separator: ";").map { $0.filter { $0 != " " } }
            return parts.first == "gzip" && parts.dropFirst().first != "q=0"
        }
    }
}
