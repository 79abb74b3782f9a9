import Accounts
import HTTPTypes
import Hummingbird

/// Finds out who asks, and lets through who may.
struct AccessGate: RouterMiddleware {
    let context: HubContext

    func handle(
        _ request: Request, context hummingbird: HubRequestContext,
        next: (Request, HubRequestContext) async throws -> Response
    ) async throws -> Response {
        // What is at no address is told so.
        guard let path = hummingbird.endpointPath.map(Self.plain) else {
            return try await next(request, hummingbird)
        }
        guard let policy = AccessPolicy.of(request.method, path) else {
            throw AccountError.roleNeeded
        }
        let address = request.clientAddress(hummingbird)
        var caller = Caller(identity: .stranger, address: address)
        if policy != .station, policy != .open {
            caller.identity = try await Authorization(request).identity(context)
        }
        try policy.check(caller)
        try Self.refuseForgery(
            request, caller, isPage: AccessPolicy.pages["\(request.method.rawValue) \(path)"] != nil
        )
        return try await Caller.$current.withValue(caller) { try await next(request, hummingbird) }
    }

    /// A browser sends its cookie along whoever asks it to. What changes something must come from a
    /// page of this hub, and forms prove it again: `PageExchange`.
    private static func refuseForgery(
        _ request: Request, _ caller: Caller, isPage: Bool
    ) throws {
        guard request.method != .get, request.method != .head else { return }
        if isPage { guard request.isOfThisSite else { throw AccountError.foreignOrigin } }
        guard case .user(_, let secret) = caller.identity, !isPage else { return }
        let shown = HTTPField.Name(FormToken.headerName).flatMap { request.headers[$0] }
        guard request.isOfThisSite, FormToken.isRight(shown, for: secret) else {
            throw AccountError.formStale
        }
    }

    /// As the table writes it: the router leaves the first slash out at times, and names a part
    /// `{name}` where it was told `:name`.
    static func plain(_ path: String) -> String {
        "/" + path.split(separator: "/").joined(separator: "/")
    }
}
