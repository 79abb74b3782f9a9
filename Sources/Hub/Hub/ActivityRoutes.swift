import HTTPTypes
import HubStorage
import Hummingbird

/// What people did, for programs that keep it elsewhere.
struct ActivityRoutes: Sendable {
    let context: HubContext

    func add(to router: Router<HubRequestContext>) {
        router.get("/v1/activity") { request, _ in try await list(request) }
    }

    private func list(_ request: Request) async throws -> Response {
        let query = Query(request)
        let before = try query.number("before", in: 1...Int.max).map { Int64($0) } ?? .max
        let limit =
            try query.number("limit", in: 1...StockRoutes.limitMaximum)
            ?? StockRoutes.limitDefault
        let entries = try await context.store.registry.activities(
            of: try Caller.current.tenant, before: before, limit: limit)
        return .json(ActivityList(entries, limit: limit))
    }
}
