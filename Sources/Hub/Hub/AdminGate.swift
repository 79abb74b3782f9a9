import HTTPTypes
import HubStorage
import Hummingbird

/// Lets people's programs through: a bearer token, which also says whose stock is spoken of.
struct AdminGate: Sendable {
    let context: HubContext

    /// The tenant of the request's token.
    func tenant(of request: Request) async throws -> String {
        guard let field = request.headers[.authorization] else { throw RequestError.noToken }
        let parts = field.split(separator: " ")
        guard parts.count == 2, parts[0].lowercased() == "bearer" else {
            throw RequestError.noToken
        }
        return try await context.store.registry.tenant(
            ofToken: String(parts[1]), now: context.clock())
    }
}
