import CatalogueStore
import GRDB
public import LedgerStore
public import Replication
public import SyncProtocol

/// One tenant's ledger in a database of its own.
///
/// A write that returned is on the disk (`synchronous=FULL`); a write that threw has left
/// nothing behind.
public struct TenantStore: Sendable {
    /// A request with more operations is asked to be cut.
    public static let operationsLimit = 5000

    let database: DatabasePool
    let ledger = Ledger(role: .hub)
    let bell: FeedBell
    /// What this process's own operations are made in.
    let life: Incarnation
    let seal: OperationSeal

    static let migrator: DatabaseMigrator = {
        var migrator = DatabaseMigrator()
        Ledger.registerMigrations(in: &migrator)
        migrator.registerMigration("hub-1") { db in
            try db.execute(sql: IncarnationCursor.schema)
            try db.execute(sql: FeedHead.schema)
            try db.execute(sql: RefusedOperation.schema)
            try db.execute(sql: StationAlarm.schema)
        }
        migrator.registerMigration("hub-repairs") { db in
            try db.execute(sql: RefusedOperation.repairSchema)
        }
        migrator.registerMigration("hub-origin") { try $0.execute(sql: OriginRow.schema) }
        migrator.registerMigration("hub-kinds") { try KnownKinds.begin($0) }
        Catalogue.registerMigrations(in: &migrator)
        Catalogue.registerHubMigrations(in: &migrator)
        registerSinkMigrations(in: &migrator)
        migrator.registerMigration("hub-tally") { try $0.execute(sql: IntakeTally.schema) }
        return migrator
    }()

    init(path: String, life: Incarnation, seal: OperationSeal) throws {
        (self.life, self.seal) = (life, seal)
        database = try LedgerDatabase.open(path: path, migrator: TenantStore.migrator)
        try database.write { [ledger] in _ = try KnownKinds.catchUp(ledger, $0) }
        bell = FeedBell(position: try database.read { try FeedHead.position($0) })
    }

    func close() throws {
        try database.close()
    }

    /// The end of the feed.
    public var position: FeedPosition { bell.position }

    /// Takes in operations and returns when they are durable. A repeat is harmless.
    public func take(
        _ runs: [Run], from station: StationRecord, now: Int64
    ) async throws -> IntakeAnswer {
        // An empty run costs a look into the database as well.
        let count = runs.reduce(0) { $0 + max(1, $1.operations.count) }
        guard count <= TenantStore.operationsLimit else {
            throw HubError.tooManyOperations(count: count, limit: TenantStore.operationsLimit)
        }
        let answer: IntakeAnswer
        do {
            answer = try await append(runs, from: station, now: now)
        } catch let error as HubError {
            if case .fork = error { try await raise(.fork(of: station.code, error, now: now)) }
            throw error
        }
        bell.ring(answer.position)
        return answer
    }

    private func append(
        _ runs: [Run], from station: StationRecord, now: Int64
    ) async throws -> IntakeAnswer {
        try await write { [ledger] db in
            var intake = try Intake(
                db, ledger: ledger, station: station.code,
                offsetMicroseconds: station.offsetMicroseconds, receivedMicroseconds: now)
            let answer = try intake.take(runs)
            try IntakeTally.note(answer, of: station.code, now: now, db)
            return answer
        }
    }

    /// What the hub holds of each incarnation; 0 of those that it doesn't know.
    public func cursors(of incarnations: [Incarnation]) async throws -> [HubCursor] {
        let (cursors, position) = try await database.read { db in
            let cursors = try incarnations.map {
                let cursor = try IncarnationCursor.one($0, db)
                return HubCursor(
                    incarnation: $0, sequence: cursor?.sequence ?? 0,
                    chain: cursor?.chain ?? OperationChain.start)
            }
            return (cursors, try FeedHead.position(db))
        }
        // Another process may have added to the feed.
        bell.ring(position)
        return cursors
    }

    /// The feed after `position` as `station` needs it; nil when there is nothing.
    public func feed(
        after position: FeedPosition, limit: Int, for station: StationCode,
        held: HeldOperations?
    ) async throws -> FeedSlice? {
        let reader = FeedReader(ledger: ledger, station: station, held: held)
        return try await database.read { db in
            let head = try FeedHead.position(db)
            guard position <= head else { throw HubError.feedGone(position, head: head) }
            return try reader.page(after: position, limit: limit, db)
        }
    }

    /// A page of all that the feed held at `position`; nil: as it is now.
    public func snapshot(
        at position: FeedPosition?, after id: OperationID?, limit: Int
    ) async throws -> (slice: SnapshotSlice, position: FeedPosition) {
        let reader = SnapshotReader(ledger: ledger)
        return try await database.read { db in
            let head = try FeedHead.position(db)
            let position = position ?? head
            guard position <= head else { throw HubError.feedGone(position, head: head) }
            return (try reader.page(at: position, after: id, limit: limit, db), position)
        }
    }

    /// The hash of each range of so many positions after `start`, up to `end`.
    public func digests(
        after start: FeedPosition, upTo end: FeedPosition, range: Int
    ) async throws -> [[UInt8]] {
        try await read { ledger, db in
            let head = try FeedHead.position(db)
            guard end <= head else { throw HubError.feedGone(end, head: head) }
            return try ledger.digests(after: start, upTo: end, range: range, in: db)
        }
    }

    /// Returns when the feed goes beyond `position`, or the task is cancelled.
    public func waitForFeed(after position: FeedPosition) async {
        await bell.wait(after: position)
    }

    /// The feed for people: everything after `position`, whole.
    public func operations(
        after position: FeedPosition, limit: Int
    ) async throws -> [LoggedOperation] {
        try await read { try $0.operations(after: position, limit: limit, in: $1) }
    }

    public func alarms() async throws -> [StationAlarm] {
        try await database.read { try StationAlarm.all($0) }
    }

    public func raise(_ alarm: StationAlarm) async throws {
        try await write { try alarm.insert($0) }
    }

    func write<T: Sendable>(
        _ body: @Sendable @escaping (Database) throws -> T
    ) async throws -> T {
        do {
            return try await database.write { try body($0) }
        } catch let error as DatabaseError {
            throw HubError.storage("\(error.resultCode): \(error.message ?? "")")
        } catch LedgerError.incarnationTaken(let incarnation, _) {
            throw HubError.incarnationTaken(incarnation)
        }
    }

    /// Reads one consistent state of the ledger, beside whoever writes.
    func read<T: Sendable>(
        _ body: @Sendable @escaping (Ledger, Database) throws -> T
    ) async throws -> T {
        try await database.read { [ledger] in try body(ledger, $0) }
    }
}
