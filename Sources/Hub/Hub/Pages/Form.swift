import Accounts
import Foundation
import HTTPTypes
import Hummingbird
import WebPages

/// What a form sent.
struct Form: Sendable {
    private static let bodyLimitBytes = 16 << 10
    private static let fieldsLimit = 50

    private let fields: [String: String]

    /// Reads the form of somebody who is logged in. Throws `AccountError.formStale` unless it holds
    /// what only a page of their session does.
    init(_ request: Request) async throws {
        let (_, secret) = try Caller.current.login()
        try await self.init(request, secret: secret)
    }

    /// `secret`: of the browser that was shown the form.
    init(_ request: Request, secret: String?) async throws {
        let type = request.headers[.contentType]?.lowercased() ?? ""
        guard type.split(separator: ";").first == "application/x-www-form-urlencoded" else {
            throw RequestError.mediaType(type)
        }
        guard let buffer = try? await request.body.collect(upTo: Self.bodyLimitBytes) else {
            throw RequestError.bodyTooLarge(limitBytes: Self.bodyLimitBytes)
        }
        fields = Self.parse(String(decoding: buffer.readableBytesView, as: UTF8.self))
        guard let secret, FormToken.isRight(fields[FormToken.field], for: secret) else {
            throw AccountError.formStale
        }
    }

    subscript(name: String) -> String { fields[name] ?? "" }

    static func parse(_ text: String) -> [String: String] {
        var fields: [String: String] = [:]
        for pair in text.split(separator: "&").prefix(fieldsLimit) {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2 else { continue }
            let decoded = parts.map { part in
                let spaced = part.replacing("+", with: " ")
                return spaced.removingPercentEncoding ?? String(spaced)
            }
            fields[decoded[0]] = fields[decoded[0]] ?? decoded[1]
        }
        return fields
    }

    /// The hidden field that a form of ours must hold.
    static func token(_ secret: String) -> HTML {
        "<input type=\"hidden\" name=\"\(FormToken.field)\" value=\"\(FormToken.text(secret))\">"
    }

    /// The same, for who is logged in.
    static var token: HTML {
        guard case .user(_, let secret) = Caller.current.identity else { return .empty }
        return token(secret)
    }

    /// A form with one button.
    static func button(
        _ name: String, to path: HTML, kind: HTML = "", hidden: [(HTML, String)] = []
    ) -> HTML {
        let fields: [HTML] = hidden.map { name, value in
            "<input type=\"hidden\" name=\"\(name)\" value=\"\(value)\">"
        }
        return """
            <form method="post" action="\(path)">\(token)\(fields)<button class="\(kind)"
            type="submit">\(name)</button></form>
            """
    }
}

/// Texts in addresses.
enum Address {
    private static let plain = CharacterSet(
        charactersIn: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~")

    /// Whatever it holds, it is one part of a path or one value of a query.
    static func part(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: plain) ?? ""
    }

    /// `?item=A&place=P`; what is nil is left out.
    static func query(_ fields: KeyValuePairs<String, String?>) -> String {
        let parts = fields.compactMap { name, value in value.map { "\(name)=\(part($0))" } }
        return parts.isEmpty ? "" : "?" + parts.joined(separator: "&")
    }
}
