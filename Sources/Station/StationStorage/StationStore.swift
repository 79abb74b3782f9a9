import GRDB
import LedgerStore
import SyncProtocol

/// The station's database: what was scanned, what must still be sent, and what follows from both.
///
/// One writer at a time, and one process: a second one that opens the same path is refused with
/// `StoreError.inUse`. A write that returned is on the disk (`synchronous=FULL`); a write that
/// threw has left nothing behind.
public struct StationStore: Sendable {
    /// How long closing waits for whoever else reads.
    private static let foldMilliseconds = 500

    public let path: String
    let database: DatabasePool
    let ledger = Ledger(role: .station)
    private let lock: StoreLock

    /// Opens or makes the database at `path`. Throws `StoreError`.
    public init(path: String) throws {
        self.path = path
        self.lock = try StoreLock(besideStore: path)
        self.database = try StoreError.translate(at: path) {
            let pool = try LedgerDatabase.open(path: path, migrator: StationSchema.migrator)
            try pool.read { try StationSchema.requireKnown($0, path: path) }
            return pool
        }
    }

    /// Runs `body` in one transaction and returns when it is durable.
    ///
    /// Blocks the calling thread on the disk: for threads of our own.
    public func write<T>(_ body: (inout StationTransaction) throws -> T) throws -> T {
        try StoreError.translate(at: path) {
            try database.write { try Self.transact($0, ledger, body) }
        }
    }

    /// Runs `body` in one transaction; for tasks, which must not block.
    public func write<T: Sendable>(
        _ body: @Sendable @escaping (inout StationTransaction) throws -> T
    ) async throws -> T {
        do {
            return try await database.write { [ledger] in try Self.transact($0, ledger, body) }
        } catch {
            throw StoreError.translated(error, at: path)
        }
    }

    private static func transact<T>(
        _ db: Database, _ ledger: Ledger, _ body: (inout StationTransaction) throws -> T
    ) throws -> T {
        var transaction = try StationTransaction(db, ledger)
        let result = try body(&transaction)
        try transaction.finish()
        return result
    }

    /// Reads one consistent state, beside whoever writes.
    public func read<T>(_ body: (StationReader) throws -> T) throws -> T {
        try StoreError.translate(at: path) {
            try database.read { try body(StationReader(db: $0, ledger: ledger)) }
        }
    }

    /// Reads one consistent state; for tasks, which must not block.
    public func read<T: Sendable>(
        _ body: @Sendable @escaping (StationReader) throws -> T
    ) async throws -> T {
        do {
            return try await database.read { [ledger] in
                try body(StationReader(db: $0, ledger: ledger))
            }
        } catch {
            throw StoreError.translated(error, at: path)
        }
    }

    /// Waits until a write could begin, and writes nothing: a sign that the store is alive. Throws
    /// `StoreError.busy` when another program holds it.
    public func awaitWriter() async throws {
        guard await LedgerDatabase.takesWrites(database) else { throw StoreError.busy(path) }
    }

    /// Lets go of the file; writes what the log still holds into it, so that the file alone is
    /// the whole store.
    ///
    /// Someone else who reads at that moment keeps the log alive: nothing is lost by it.
    public func close() throws {
        // A log that can't be folded in, for want of room or because of a reader, stays and is
        // read at the next start.
        _ = try? database.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA busy_timeout = \(Self.foldMilliseconds)")
            try db.checkpoint(.truncate)
        }
        try StoreError.translate(at: path) { try database.close() }
        lock.release()
    }
}
