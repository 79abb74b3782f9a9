import HTTPTypes
import Hummingbird
import OperatorGrants
import Operators
import StationStorage
import WebPages

/// Finds out who asks, and lets through who may.
struct AccessGate: RouterMiddleware {
    let context: ConsoleContext

    func handle(
        _ request: Request, context hummingbird: BasicRequestContext,
        next: (Request, BasicRequestContext) async throws -> Response
    ) async throws -> Response {
        let caller = try await caller(of: request)
        // What is at no address is told so.
        if let path = hummingbird.endpointPath.map(Self.plain) {
            guard let policy = policy(request.method, path) else {
                throw ConsoleError.roleNeeded(nil)
            }
            try policy.check(caller, isLoginRequired: context.login.rules.isRequired)
            // Reading goes on by itself, and is no sign of anybody.
            if request.method != .get, path != SessionRoutes.logoutPath, caller.session != nil {
                context.login.touch(caller.secret)
            }
        }
        return try await Caller.$current.withValue(caller) { try await next(request, hummingbird) }
    }

    /// As the table writes it: the router leaves the first slash out at times, and names a part
    /// `{name}` where it was told `:name`.
    static func plain(_ path: String) -> String {
        let parts = path.split(separator: "/").map { part in
            part.hasPrefix("{") ? ":" + part.dropFirst().dropLast() : String(part)
        }
        return "/" + parts.joined(separator: "/")
    }

    private func policy(_ method: HTTPRequest.Method, _ path: String) -> AccessPolicy? {
        PageRoutes.paths.contains(path) ? .open : AccessPolicy.of(method, path)
    }

    /// A token that is not known is refused, though without one something might be allowed.
    private func caller(of request: Request) async throws -> Caller {
        var caller = Caller.current
        if let token = try request.bearerToken {
            let now = context.clock()
            let known = try await context.store.read { try $0.accessToken(token, now: now) }
            guard let known else { throw ConsoleError.unknownToken }
            caller.program = .init(name: known.name, role: known.role)
        } else if let secret = request.cookie(SessionRoutes.cookieName) {
            (caller.secret, caller.session) = (secret, context.login.session(of: secret))
        }
        return caller
    }
}

extension Request {
    /// nil: none came. Throws for a header that is no bearer's.
    var bearerToken: String? {
        get throws(ConsoleError) {
            guard let field = headers[.authorization] else { return nil }
            let parts = field.split(separator: " ")
            guard parts.count == 2, parts[0].lowercased() == "bearer" else { throw .unknownToken }
            return String(parts[1])
        }
    }

    func cookie(_ name: String) -> String? {
        CookieField.value(name, in: headers[.cookie] ?? "")
    }
}
