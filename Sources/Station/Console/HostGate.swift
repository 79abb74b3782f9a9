import HTTPTypes
import Hummingbird

/// Lets in who means this machine, and no page of another site. From other machines it has many
/// names, and they get nothing without a token or a login.
///
/// A name that an attacker makes point to 127.0.0.1 still stands in `Host`, and a browser says in
/// `Origin` whose page it is that asks.
struct HostGate<Context: RequestContext>: RouterMiddleware {
    func handle(
        _ request: Request, context: Context,
        next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        let host = request.head.authority ?? ""
        let isNear = Caller.current.door != .network
        // The second of two would be another's: RFC 9112, section 3.2.
        let second = HTTPField.Name("Host").flatMap { request.headers[$0] }
        guard second == nil else { throw ConsoleError.foreignHost("\(host), \(second ?? "")") }
        guard !isNear || LocalHost.isLocal(host) else { throw ConsoleError.foreignHost(host) }
        if let origin = request.headers[.origin] {
            let parts = origin.split(separator: "://", maxSplits: 1)
            let whose = parts.count == 2 ? String(parts[1]) : ""
            guard isNear ? LocalHost.isLocal(whose) : whose.lowercased() == host.lowercased()
            else {
                throw ConsoleError.foreignOrigin(origin)
            }
        }
        return try await next(request, context)
    }
}

/// The names of this machine that nobody else can have.
public enum LocalHost {
    private static let names: Set<String> = ["localhost", "127.0.0.1", "[::1]", "::1"]

    /// `authority`: a host, or a host and a port.
    static func isLocal(_ authority: String) -> Bool {
        isLoopback(withoutPort(authority.lowercased()))
    }

    /// Whether only this machine can reach a server that listens on `host`.
    public static func isLoopback(_ host: String) -> Bool {
        names.contains(host)
    }

    private static func withoutPort(_ authority: String) -> String {
        guard let colon = authority.lastIndex(of: ":"), !authority.hasSuffix("]") else {
            return authority
        }
        let port = authority[authority.index(after: colon)...]
        let isPort = !port.isEmpty && port.utf8.allSatisfy { (0x30...0x39).contains($0) }
        return isPort ? String(authority[..<colon]) : authority
    }
}
