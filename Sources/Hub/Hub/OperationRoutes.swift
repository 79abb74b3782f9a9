import HTTPTypes
import HubStorage
import Hummingbird
import LedgerStore
import Replication
import ServiceLifecycle

/// The feed for people and programs: page by page, or as it happens.
struct OperationRoutes: Sendable {
    static let limitDefault = 100
    static let limitMaximum = 1000

    let context: HubContext

    func add(to router: Router<HubRequestContext>) {
        router.get("/v1/operations") { request, _ in try await list(request) }
        router.get("/v1/operations/stream") { request, _ in try await stream(request) }
    }

    private func list(_ request: Request) async throws -> Response {
        let tenant = try context.callersTenant()
        let query = Query(request)
        let after = try query.position("after")
        let limit = try query.number("limit", in: 1...Self.limitMaximum) ?? Self.limitDefault
        let operations = try await tenant.operations(after: after, limit: limit)
        return .json(
            OperationList(
                operations: operations.map(OperationReport.init),
                position: operations.last?.standing.position ?? after))
    }

    /// Server-sent events: id = position, data = one operation. Starts where the reader says, or
    /// where it left off, or now.
    private func stream(_ request: Request) async throws -> Response {
        let tenant = try context.callersTenant()
        let leftOff = HTTPField.Name("Last-Event-ID").flatMap { request.headers[$0] }
        let asked = try Query(request).number("after", in: 0...Int.max)
        let after = (leftOff.flatMap { Int($0) } ?? asked).map { FeedPosition(max($0, 0)) }
        let (caller, authorization) = (Caller.current, try Authorization(request))
        let events = OperationEvents(tenant: tenant, after: after ?? tenant.position)
        return Response(
            status: .ok,
            headers: [.contentType: "text/event-stream", .cacheControl: "no-store"],
            body: ResponseBody { writer in
                for try await event in events.cancelOnGracefulShutdown() {
                    guard await context.stillReads(caller, authorization) else { break }
                    try await writer.write(ByteBuffer(string: event))
                }
                try await writer.finish(nil)
            })
    }
}
