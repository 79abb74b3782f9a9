import Hummingbird
import LedgerStore
import LocalAPI
import Replication
import Reporting
import StationStorage

/// Where stations disagree, and what people decide.
struct ConflictRoutes: Sendable {
    static let limit = 500

    let context: ConsoleContext

    func add(to router: Router<BasicRequestContext>) {
        router.group(RouterPath(APIVersion.prefix))
            .get("conflicts") { _, _ in try await conflicts() }
            .get("tasks") { _, _ in try await tasks() }
            .post("conflicts/:id/resolve") { request, context in
                try await resolve(request, try context.parameters.require("id"))
            }
    }

    private func conflicts() async throws -> Response {
        let report = try await context.store.read { reader in
            let conflicts = try reader.conflicts(limit: Self.limit).map { ConflictEntry($0) }
            return try reader.ledger { ledger, db in
                ConflictReport(
                    recounts: try ledger.recounts(limit: Self.limit, in: db)
                        .map { StockReport($0) },
                    serials: try ledger.contestedSerials(limit: Self.limit, in: db)
                        .map { SerialReport($0.serial, $0.placement) },
                    attributes: try ledger.attributeConflicts(limit: Self.limit, in: db)
                        .map {
                            ConflictReport.Attribute(
                                item: $0.key.item.rawValue, field: $0.key.field,
                                value: $0.value.value, siblings: $0.value.siblings.sorted())
                        },
                    conflicts: conflicts)
            }
        }
        return .json(report)
    }

    private func tasks() async throws -> Response {
        let conflicts = try await context.store.read { try $0.conflicts(limit: Self.limit) }
        return .json(TaskList(conflicts.map { ConflictEntry($0) }))
    }

    private func resolve(_ request: Request, _ id: String) async throws -> Response {
        let asked = try await request.json(ResolveRequest.self)
        let decision = try ConflictDecision(asked)
        let (now, life) = (context.clock(), context.life)
        let author = Author(operator: context.author(asked.operator))
        let made = try await context.store.write { transaction in
            let made = try transaction.resolve(
                id, decision, life: life, by: author, wallMicroseconds: now)
            try transaction.record(
                IntakeRecord(resolving: made.conflict, by: author, made.id, at: now))
            return made
        }
        context.stored()
        return .json(
            ResolutionReport(
                conflict: id, operation: made.id.description,
                sentence: OperationContent(made.operation).sentence))
    }
}

extension IntakeRecord {
    /// What a person decided is told among the other things that came in.
    fileprivate init(
        resolving conflict: Conflict, by author: Author, _ operation: OperationID, at wall: Int64
    ) {
        self.init(
            wallMicroseconds: wall, monotonicMicroseconds: 0, device: "", payload: [],
            text: conflict.id, aim: "", symbology: "", meaning: "resolution", decision: "taken",
            signal: "done", code: "", message: "Settled: \(conflict.sentence)", batch: "",
            operations: [operation], operator: author.operator)
    }
}

extension ConflictDecision {
    fileprivate init(_ request: ResolveRequest) throws(ConsoleError) {
        switch (request.choose, request.quantity) {
        case (let number?, nil): self = .choice(number)
        case (nil, let quantity?): self = .quantity(quantity)
        default: throw .malformed("either 'choose' or 'quantity' is wanted")
        }
    }
}
