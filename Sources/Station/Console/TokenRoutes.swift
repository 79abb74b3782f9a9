import Hummingbird
import LocalAPI
import Logging
import OperatorGrants
import StationStorage

/// Tokens for programs of other machines. Through the station's socket only.
struct TokenRoutes: Sendable {
    let context: ConsoleContext

    func add(to router: Router<BasicRequestContext>) {
        router.group(RouterPath(APIVersion.prefix))
            .get("tokens") { _, _ in try await list() }
            .post("tokens") { request, _ in try await make(request) }
            .post("tokens/:name/revoke") { _, context in
                try await revoke(try context.parameters.require("name"))
            }
    }

    private func list() async throws -> Response {
        let tokens = try await context.store.read { try $0.accessTokens() }
        return .json(TokenList(tokens: tokens.map { TokenReport($0) }))
    }

    private func make(_ request: Request) async throws -> Response {
        let asked = try await request.json(TokenRequest.self)
        guard let role = OperatorRole(rawValue: asked.role) else {
            throw ConsoleError.parameter("role", asked.role)
        }
        guard TokenRequest.daysLimits.contains(asked.days) else {
            throw ConsoleError.parameter("days", "\(asked.days)")
        }
        let now = context.clock()
        let token = AccessToken(
            name: try OperatorName.checked(asked.name), role: role, created: now,
            expires: now + Int64(asked.days) * 86_400_000_000)
        let secret = AccessToken.makeSecret()
        guard try await context.store.write({ try $0.add(token, secret: secret) }) else {
            throw ConsoleError.tokenExists(asked.name)
        }
        context.log.notice("api: token '\(token.name)' was made, as \(role.rawValue)")
        var report = TokenReport(token)
        report.token = secret
        return .json(report)
    }

    private func revoke(_ text: String) async throws -> Response {
        let name = text.plainURLPart
        guard try await context.store.write({ try $0.removeAccessToken(name) }) else {
            throw ConsoleError.noToken(name)
        }
        context.log.notice("api: token '\(name)' was revoked")
        return try await list()
    }
}

extension TokenReport {
    init(_ token: AccessToken) {
        self.init(
            name: token.name, role: token.role.rawValue, created: APIForm.time(token.created),
            expires: APIForm.time(token.expires))
    }
}
