import Accounts
import HTTPTypes
import HubStorage
import Hummingbird
import LedgerStore
import NIOCore
import Replication
import Reporting

/// What people should decide, and what they decided.
struct ConflictRoutes: Sendable {
    static let limitDefault = 100
    static let limitMaximum = 1000
    private static let bodyLimitBytes = 64 << 10

    let context: HubContext

    func add(to router: Router<HubRequestContext>) {
        router.get("/v1/conflicts") { request, _ in try await conflicts(request) }
        router.post("/v1/conflicts/{id}/resolve") { request, parameters in
            try await resolve(request, parameters.parameters.require("id"))
        }
        router.get("/v1/tasks") { request, _ in try await tasks(request) }
        router.get("/v1/quarantine") { request, _ in try await quarantine(request) }
    }

    private func conflicts(_ request: Request) async throws -> Response {
        let (tenant, limit) = try await asked(request)
        var report = ConflictReport(try await tenant.conflicts(limit: limit))
        report.conflicts = try await tenant.conflictDetails(limit: limit).map { ConflictEntry($0) }
        return .json(report)
    }

    private func tasks(_ request: Request) async throws -> Response {
        let (tenant, limit) = try await asked(request)
        return .json(
            TaskList(try await tenant.conflictDetails(limit: limit).map { ConflictEntry($0) }))
    }

    private func resolve(_ request: Request, _ id: String) async throws -> Response {
        let asked = try await decision(request)
        return .json(
            try await context.settle(
                id, try ConflictDecision(asked), naming: asked.operator ?? ""))
    }

    private func decision(_ request: Request) async throws -> ResolveRequest {
        let name = request.headers[.contentType]?.lowercased() ?? ""
        guard name.split(separator: ";").first == "application/json" else {
            throw RequestError.mediaType(name)
        }
        guard let buffer = try? await request.body.collect(upTo: Self.bodyLimitBytes) else {
            throw RequestError.bodyTooLarge(limitBytes: Self.bodyLimitBytes)
        }
        // Whatever is wrong with it, it is not what this call takes.
        let read = try? JSONForm.decode(ResolveRequest.self, from: Array(buffer.readableBytesView))
        guard let read else { throw RequestError.malformed("choose or quantity is wanted") }
        return read
    }

    private func quarantine(_ request: Request) async throws -> Response {
        let (tenant, limit) = try await asked(request)
        let query = Query(request)
        let before = try query.number("before", in: 1...Int.max).map { UInt64($0) }
        let operations = try await tenant.quarantine(
            before: before ?? .max, repairedToo: query.text("all") == "true", limit: limit)
        return .json(QuarantineList(operations, limit: limit))
    }

    private func asked(_ request: Request) async throws -> (TenantStore, limit: Int) {
        let tenant = try context.callersTenant()
        let limit = try Query(request).number("limit", in: 1...Self.limitMaximum)
        return (tenant, limit ?? Self.limitDefault)
    }
}

extension HubContext {
    /// Settles a conflict for who asks. `naming`: in whose name a program does it; people have one.
    func settle(
        _ id: String, _ decision: ConflictDecision, naming asked: String = ""
    ) async throws -> ResolutionReport {
        let caller = Caller.current
        var name = asked
        if case .user(let session, _) = caller.identity { name = session.user.name.name }
        let made = try await callersTenant().resolve(
            id, decision, operator: name, now: clock())
        let sentence = OperationContent(made.operation).sentence
        try await store.registry.note(
            .decided, sentence, tenant: try caller.tenant, by: caller.author, now: clock())
        return ResolutionReport(
            conflict: id, operation: made.id.description, sentence: sentence)
    }
}

extension ConflictDecision {
    /// Throws `RequestError` unless the request holds one decision.
    init(_ request: ResolveRequest) throws(RequestError) {
        switch (request.choose, request.quantity) {
        case (let number?, nil): self = .choice(number)
        case (nil, let quantity?): self = .quantity(quantity)
        default: throw .malformed("either choose or quantity is wanted")
        }
    }
}
