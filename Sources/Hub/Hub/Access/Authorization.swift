import Crypto
import Foundation
import HTTPTypes
import HubStorage
import Hummingbird
import WebPages

/// What a request shows for who sends it.
enum Authorization: Sendable {
    case nothing
    case token(String)
    /// What a browser keeps as a cookie.
    case session(String)

    /// Throws for a header that is no bearer's. A token comes before a cookie.
    init(_ request: Request) throws(RequestError) {
        if let field = request.headers[.authorization] {
            let parts = field.split(separator: " ")
            guard parts.count == 2, parts[0].lowercased() == "bearer" else { throw .noToken }
            self = .token(String(parts[1]))
        } else if let secret = SessionCookie.secret(of: request) {
            self = .session(secret)
        } else {
            self = .nothing
        }
    }

    /// Throws `HubError.tokenUnknown`; a session that is over is nobody's.
    func identity(_ context: HubContext) async throws -> Caller.Identity {
        switch self {
        case .nothing: return .stranger
        case .token(let token):
            return .program(
                try await context.store.registry.token(token, now: context.clock()))
        case .session(let secret):
            let session = try await context.store.registry.session(
                secret, rules: context.sessions, now: context.clock())
            return session.map { .user($0, secret: secret) } ?? .stranger
        }
    }
}

/// The cookie that a logged-in browser keeps.
enum SessionCookie {
    private static let plainName = "scanhub_session"
    /// Over TLS: the browser takes it from this host alone, and shows it over TLS only.
    private static let hostName = "__Host-scanhub_session"

    static func secret(of request: Request) -> String? {
        request.cookie(hostName) ?? request.cookie(plainName)
    }

    /// No script reads it, and no other site's request carries it.
    static func field(_ secret: String, isSecure: Bool) -> String {
        isSecure
            ? "\(hostName)=\(secret); Path=/; Secure; HttpOnly; SameSite=Strict"
            : "\(plainName)=\(secret); Path=/; HttpOnly; SameSite=Strict"
    }

    static func end(isSecure: Bool) -> String { field("", isSecure: isSecure) + "; Max-Age=0" }
}

/// What a form of ours holds, and one of another site can't: it follows from the browser's secret.
enum FormToken {
    static let field = "form"
    static let headerName = "X-Form-Token"

    static func text(_ secret: String) -> String {
        let code = HMAC<SHA256>.authenticationCode(
            for: Data("form".utf8), using: SymmetricKey(data: Data(secret.utf8)))
        return Data(code).base64EncodedString().replacing("+", with: "-")
            .replacing("/", with: "_").replacing("=", with: "")
    }

    static func isRight(_ text: String?, for secret: String) -> Bool {
        let expected = Self.text(secret)
        guard let text, text.utf8.count == expected.utf8.count else { return false }
        return zip(text.utf8, expected.utf8).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }
}

extension Request {
    func cookie(_ name: String) -> String? {
        CookieField.value(name, in: headers[.cookie] ?? "")
    }

    /// Whether the browser speaks TLS: to this hub, or to a proxy that says so.
    func isSecure(_ context: HubContext) -> Bool {
        let said = HTTPField.Name("X-Forwarded-Proto").flatMap { headers[$0] }
        return context.pin != nil || said?.lowercased() == "https"
    }

    /// Whether a page of this hub asks, or none at all. A page that hides whose it is, is not ours.
    var isOfThisSite: Bool {
        if let site = HTTPField.Name("Sec-Fetch-Site").flatMap({ headers[$0] }),
            site != "same-origin", site != "none"
        {
            return false
        }
        guard let origin = headers[.origin] else { return true }
        let parts = origin.split(separator: "://", maxSplits: 1)
        return parts.count == 2 && parts[1].lowercased() == (head.authority ?? "").lowercased()
    }
}
