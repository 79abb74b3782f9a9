import GRDB
import LedgerStore
public import Replication

/// A sink, and what it lacks.
public struct SinkStanding: Sendable {
    public var sink: Sink
    /// How many operations wait.
    public var waitingCount: UInt64
    /// When the first of them happened, by the hub's estimate, in microseconds since 1970.
    public var oldest: Int64?
    public var parkedCount: Int
}

/// What persons and their programs do with sinks.
extension TenantStore {
    public static let sinksLimit = 100

    static func registerSinkMigrations(in migrator: inout DatabaseMigrator) {
        migrator.registerMigration("hub-sinks") { db in
            try db.execute(sql: Sink.schema)
            try db.execute(sql: ParkedOperation.schema)
            try db.execute(sql: SinkAudit.schema)
        }
    }

    /// `start`: what the new sink gets begins after that position; nil: at the end of the log.
    /// Throws `SinkError`.
    public func addSink(
        _ name: String, kind: String, settings: String, secretFile: String?,
        after start: FeedPosition?, by audit: SinkAudit
    ) async throws {
        try await write { db in
            try Self.checkNewSink(name, db)
            let head = try FeedHead.position(db)
            let position = start ?? head
            guard position <= head else { throw SinkError.beyondFeed(position, head: head) }
            try db.execute(
                sql: """
                    INSERT INTO hub_sink
                        (name, kind, settings, secret_file, state, position, created)
                    VALUES (?, ?, ?, ?, 'active', ?, ?)
                    """,
                arguments: [
                    name, kind, settings, secretFile, Int64(bitPattern: position), audit.time,
                ])
            try audit.insert(name, db)
        }
    }

    /// Throws `SinkError` when no sink of that name can be added.
    public func checkNewSink(_ name: String) async throws {
        try await database.read { try Self.checkNewSink(name, $0) }
    }

    private static func checkNewSink(_ name: String, _ db: Database) throws {
        let name = try Sink.checked(name: name)
        let known = try Sink.all(db)
        guard !known.contains(where: { $0.name == name }) else { throw SinkError.exists(name) }
        guard known.count < sinksLimit else { throw SinkError.tooMany(limit: sinksLimit) }
    }

    public func sinks() async throws -> [Sink] {
        try await database.read { try Sink.all($0) }
    }

    public func sinkStandings() async throws -> [SinkStanding] {
        try await read { ledger, db in
            let head = try FeedHead.position(db)
            return try Sink.all(db).map { sink in
                let next = try ledger.operations(after: sink.position, limit: 1, in: db).first
                return SinkStanding(
                    sink: sink, waitingCount: head > sink.position ? head - sink.position : 0,
                    oldest: next?.standing.rank,
                    parkedCount: try ParkedOperation.count(of: sink.id, db))
            }
        }
    }

    /// What was set aside, and what was done to the sink, the newest first.
    public func sinkDetails(
        _ name: String, limit: Int
    ) async throws -> (sink: Sink, parked: [ParkedOperation], audit: [SinkAudit]) {
        try await database.read { db in
            let sink = try Sink.named(name, db)
            return (
                sink, try ParkedOperation.all(of: sink.id, limit: limit, db),
                try SinkAudit.all(of: name, limit: limit, db)
            )
        }
    }

    /// Nothing is sent until it is resumed.
    public func pauseSink(_ name: String, by who: String, now: Int64) async throws {
        try await order(name, .paused, SinkAudit(time: now, who: who, action: .paused))
    }

    public func resumeSink(_ name: String, by who: String, now: Int64) async throws {
        try await order(name, .active, SinkAudit(time: now, who: who, action: .resumed))
    }

    private func order(_ name: String, _ state: Sink.State, _ audit: SinkAudit) async throws {
        try await write { db in
            try Sink.order(Sink.named(name, db).id, becoming: state, db)
            try audit.insert(name, db)
        }
    }

    /// Sends again without waiting, what was set aside included: `operation`, or all of it. Answers
    /// with how many operations these are.
    public func retrySink(
        _ name: String, operation: String? = nil, by who: String, now: Int64
    ) async throws -> Int {
        try await write { db in
            let sink = try Sink.named(name, db)
            let count = try ParkedOperation.want(operation, of: sink.id, db)
            if let operation, count == 0 { throw SinkError.notParked(operation) }
            try Sink.order(sink.id, becoming: .active, db)
            try SinkAudit(
                time: now, who: who, action: .retried, detail: operation ?? "\(count) set aside"
            ).insert(name, db)
            return count
        }
    }

    /// Sets the next operation aside, so that those after it can go. Answers with it.
    public func skipNext(
        ofSink name: String, by who: String, now: Int64
    ) async throws -> OperationID {
        try await write { [ledger] db in
            let sink = try Sink.named(name, db)
            let next = try ledger.operations(after: sink.position, limit: 1, in: db).first
            guard let next, let position = next.standing.position else {
                throw SinkError.nothingToSkip(name)
            }
            let id = next.operation.id
            try ParkedOperation(
                position: position, operation: id,
                fault: Sink.Fault(code: "sink-skipped", message: "skipped by \(who)", time: now)
            ).insert(of: sink.id, db)
            try db.execute(
                sql: "UPDATE hub_sink SET position = ?, attempts = 0 WHERE id = ?",
                arguments: [Int64(bitPattern: position), sink.id])
            try Sink.order(sink.id, becoming: sink.state, db)
            try SinkAudit(time: now, who: who, action: .skipped, detail: "\(id)").insert(name, db)
            return id
        }
    }

    /// Gives up what was set aside: the receiver never gets it from this sink.
    public func dropParked(
        _ operation: String, ofSink name: String, by who: String, now: Int64
    ) async throws {
        try await write { db in
            let sink = try Sink.named(name, db)
            guard try ParkedOperation.drop(operation, of: sink.id, db) else {
                throw SinkError.notParked(operation)
            }
            try SinkAudit(time: now, who: who, action: .dropped, detail: operation)
                .insert(name, db)
        }
    }

    /// Answers with what it was.
    public func removeSink(_ name: String, by who: String, now: Int64) async throws -> Sink {
        try await write { db in
            let sink = try Sink.named(name, db)
            try db.execute(
                sql: "DELETE FROM hub_sink_parked WHERE sink = ?", arguments: [sink.id])
            try db.execute(sql: "DELETE FROM hub_sink WHERE id = ?", arguments: [sink.id])
            try SinkAudit(
                time: now, who: who, action: .removed, detail: "\(sink.kind) at \(sink.position)"
            ).insert(name, db)
            return sink
        }
    }
}
