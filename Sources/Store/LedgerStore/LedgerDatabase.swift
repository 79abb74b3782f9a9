public import GRDB

/// Opens databases in which a commit that returned is on the disk.
public enum LedgerDatabase {
    private static let busySeconds = 5.0
    private static let readersLimit = 4
    private static let cacheKibibytes = 8 * 1024
    private static let journalBytesLimit = 16 * 1024 * 1024

    /// A file with one writer and several readers beside it. Brings its schema up to date.
    public static func open(path: String, migrator: DatabaseMigrator) throws -> DatabasePool {
        try translate(at: path) {
            let pool = try DatabasePool(path: path, configuration: configuration)
            // A pool turns `synchronous` down to NORMAL while it opens, so FULL comes after.
            try pool.writeWithoutTransaction { db in
                try db.execute(sql: "PRAGMA synchronous = FULL")
                try requireDurable(db)
            }
            try migrator.migrate(pool)
            return pool
        }
    }

    /// A database in memory, for tests and trials. Durable it is not.
    public static func inMemory(migrator: DatabaseMigrator) throws -> DatabaseQueue {
        let queue = try DatabaseQueue(configuration: configuration)
        try migrator.migrate(queue)
        return queue
    }

    /// Throws unless `db`, a writer, waits for the disk at every commit.
    public static func requireDurable(_ db: Database) throws {
        let level = try Int.fetchOne(db, sql: "PRAGMA synchronous") ?? 0
        guard level >= 2 else { throw LedgerError.notDurable(synchronous: level) }
    }

    /// Waits until a write could begin, and writes nothing. false: another process holds the file
    /// for longer than a write would wait.
    ///
    /// Any other error is an answer too: every write will say the same.
    public static func takesWrites(_ pool: DatabasePool) async -> Bool {
        do {
            try await pool.writeWithoutTransaction { db in
                try db.inTransaction(.immediate) { .rollback }
            }
        } catch let error as DatabaseError {
            return error.resultCode != .SQLITE_BUSY
        } catch {
            return !(error is CancellationError)
        }
        return true
    }

    /// What SQLite finds wrong with the file; empty when it is sound. Reads all of it.
    public static func faults(_ db: Database) throws -> [String] {
        try String.fetchAll(db, sql: "PRAGMA quick_check").filter { $0 != "ok" }
    }

    /// Runs `body`; a full disk comes out as `LedgerError.diskFull`.
    static func translate<T>(at path: String, _ body: () throws -> T) throws -> T {
        do {
            return try body()
        } catch let error as DatabaseError where DiskRoom.isLacking(after: error, at: path) {
            throw LedgerError.diskFull(
                "SQLite \(error.extendedResultCode.rawValue): \(error.message ?? "no message")")
        }
    }

    private static var configuration: Configuration {
        var configuration = Configuration()
        configuration.busyMode = .timeout(busySeconds)
        configuration.maximumReaderCount = readersLimit
        // Rows that point at each other are written together by one function each; SQLite's
        // checks would only repeat that at every insert.
        configuration.foreignKeysEnabled = false
        configuration.prepareDatabase { db in
            try db.execute(
                sql: """
                    PRAGMA cache_size = -\(cacheKibibytes);
                    PRAGMA journal_size_limit = \(journalBytesLimit);
                    """)
        }
        return configuration
    }
}
