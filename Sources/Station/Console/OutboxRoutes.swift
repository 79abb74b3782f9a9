import Hummingbird
import LedgerStore
import LocalAPI
import Logging
import NIOCore
import Replication
import Reporting
import StationStorage
import SyncProtocol

/// What waits for the hub, and what people do to it.
struct OutboxRoutes: Sendable {
    private static let deadLetterLimit = 1000
    private static let pageDefault: Int64 = 100
    private static let pageLimit: Int64 = 1000

    let context: ConsoleContext

    func add(to router: Router<BasicRequestContext>) {
        router.group(RouterPath(APIVersion.prefix))
            .get("outbox") { _, _ in Response.json(try await outbox()) }
            .get("outbox/preview") { request, _ in try await preview(request) }
            .get("outbox/audit") { request, _ in try await audit(request) }
            .get("outbox/dead") { request, _ in try await deadLetters(request) }
            .post("outbox/hold") { request, _ in try await hold(request) }
            .post("outbox/release") { request, _ in try await release(request) }
            .post("outbox/dead/:id/:action") { request, context in
                try await settle(
                    request, try context.parameters.require("id").plainURLPart,
                    try context.parameters.require("action"))
            }
    }

    private func outbox() async throws -> OutboxReport {
        OutboxReport(try await context.store.read { try $0.outboxDepth() })
    }

    private func preview(_ request: Request) async throws -> Response {
        let text = request.parameter("after")
        let after = text.flatMap { OperationID($0) }
        guard text == nil || after != nil else {
            throw ConsoleError.parameter("after", text ?? "")
        }
        let limit = Int(try limit(of: request))
        let page = try await context.store.read { try $0.outboxPage(after: after, limit: limit) }
        return .json(
            OutboxPage(
                operations: page.map { OperationEntry($0.operation, standing: $0.standing) },
                next: page.count < limit ? nil : page.last?.operation.id.description))
    }

    private func audit(_ request: Request) async throws -> Response {
        let before = try request.number("before", in: 1...Int64.max)
        let limit = Int(try limit(of: request))
        let entries = try await context.store.read {
            try $0.outboxAudit(before: before, limit: limit)
        }
        return .json(
            AuditList(
                entries: entries.map { AuditReport($0) },
                next: entries.count < limit ? nil : entries.last?.id))
    }

    private func limit(of request: Request) throws -> Int64 {
        try request.number("limit", in: 1...Self.pageLimit) ?? Self.pageDefault
    }

    private func deadLetters(_ request: Request) async throws -> Response {
        let settledToo = try request.flag("all", default: false)
        let letters = try await context.store.read {
            try $0.deadLetters(limit: Self.deadLetterLimit, settledToo: settledToo)
        }
        return .json(DeadLetterList(deadLetters: letters.map { DeadLetterReport($0) }))
    }
}

extension OutboxRoutes {
    private func hold(_ request: Request) async throws -> Response {
        let reason = reason(try await request.json(OutboxRequest.self))
        guard !reason.why.isEmpty else {
            throw ConsoleError.malformed(
                "'reason' is missing: others must know why nothing is sent")
        }
        let now = context.clock()
        try await context.store.write { try $0.hold(reason, wallMicroseconds: now) }
        context.log.notice("outbox: held by \(reason.who): \(reason.why)")
        return .json(try await changed())
    }

    private func release(_ request: Request) async throws -> Response {
        let reason = reason(try await request.json(OutboxRequest.self))
        let now = context.clock()
        let wasHeld = try await context.store.write {
            try $0.release(reason, wallMicroseconds: now)
        }
        if wasHeld { context.log.notice("outbox: released by \(reason.who)") }
        return .json(try await changed())
    }

    private func settle(
        _ request: Request, _ text: String, _ name: String
    ) async throws -> Response {
        guard let id = OperationID(text) else { throw ConsoleError.parameter("id", text) }
        let asked = try await request.json(OutboxRequest.self)
        let (reason, now, life) = (reason(asked), context.clock(), context.life)
        switch name {
        case "retry":
            _ = try await context.store.write {
                try $0.amend(id, as: nil, life: life, by: reason, wallMicroseconds: now)
            }
        case "edit":
            let changes = asked.changes ?? OperationChanges()
            _ = try await context.store.write { transaction in
                let letter = try transaction.waitingDeadLetter(id)
                guard !changes.isEmpty, let kind = changes.applied(to: letter.operation.kind)
                else { throw ConsoleError.unfitChange(letter.operation.kind.name) }
                return try transaction.amend(
                    id, as: kind, life: life, by: reason, wallMicroseconds: now)
            }
        case "discard":
            try await context.store.write {
                try $0.discard(id, life: life, by: reason, wallMicroseconds: now)
            }
        default: throw ConsoleError.noRoute
        }
        return .json(try await changed())
    }

    /// Tells whoever listens, and has what may be sent sent.
    private func changed() async throws -> OutboxReport {
        let report = try await outbox()
        context.notices.changed(report)
        context.stored()
        return report
    }

    private func reason(_ request: OutboxRequest) -> OutboxAudit.Reason {
        OutboxAudit.Reason(who: context.author(request.operator), why: request.reason ?? "")
    }
}
