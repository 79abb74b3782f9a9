import GRDB
import LedgerStore
public import Replication
public import SyncProtocol

/// An operation of ours that the hub refused.
public struct DeadLetter: Sendable, Equatable {
    static let schema = """
        CREATE TABLE dead_letter (
            incarnation INTEGER NOT NULL,
            sequence INTEGER NOT NULL,
            code TEXT NOT NULL,
            message TEXT NOT NULL,
            wall INTEGER NOT NULL,          -- when the refusal arrived
            PRIMARY KEY (incarnation, sequence)
        ) WITHOUT ROWID
        """

    static let verdictSchema = """
        ALTER TABLE dead_letter ADD COLUMN audit INTEGER;   -- what a person did; NULL: it waits
        CREATE INDEX dead_letter_waiting ON dead_letter (wall) WHERE audit IS NULL;
        """

    public var id: OperationID
    public var refusal: Refusal
    /// When the refusal arrived.
    public var wallMicroseconds: Int64
    /// What was refused.
    public var operation: Operation
    /// What a person did about it; nil: it waits for one.
    public var settled: OutboxAudit?
    /// The code that was read, where one was and is still kept.
    public var scanned: String?

    static func insert(
        _ id: OperationID, _ refusal: Refusal, wallMicroseconds: Int64, _ db: Database
    ) throws {
        let statement = try db.cachedStatement(
            sql: """
                INSERT OR IGNORE INTO dead_letter (incarnation, sequence, code, message, wall)
                VALUES (?, ?, ?, ?, ?)
                """)
        try statement.execute(arguments: [
            Int64(bitPattern: id.incarnation.rawValue), Int64(bitPattern: id.sequence),
            refusal.code, refusal.message, wallMicroseconds,
        ])
    }

    private static let columns = """
        SELECT incarnation, sequence, code, message, wall, audit FROM dead_letter
        """
    /// The operation has another name now, and no verdict yet.
    static func delete(_ id: OperationID, _ db: Database) throws {
        let sql = "DELETE FROM dead_letter WHERE incarnation = ? AND sequence = ?"
        try db.cachedStatement(sql: sql).execute(arguments: [
            Int64(bitPattern: id.incarnation.rawValue), Int64(bitPattern: id.sequence),
        ])
    }

    /// The latest first.
    static func fetch(
        settledToo: Bool, limit: Int, _ ledger: Ledger, _ db: Database
    ) throws -> [DeadLetter] {
        let sql = """
            \(columns) WHERE \(settledToo ? "TRUE" : "audit IS NULL")
            ORDER BY wall DESC, incarnation, sequence DESC LIMIT ?
            """
        return try Row.fetchAll(db, sql: sql, arguments: [limit])
            .map { try DeadLetter($0, ledger, db) }
    }

    static func one(
        _ id: OperationID, _ ledger: Ledger, _ db: Database
    ) throws -> DeadLetter? {
        let sql = "\(columns) WHERE incarnation = ? AND sequence = ?"
        let arguments: StatementArguments = [
            Int64(bitPattern: id.incarnation.rawValue), Int64(bitPattern: id.sequence),
        ]
        return try Row.fetchOne(db, sql: sql, arguments: arguments)
            .map { try DeadLetter($0, ledger, db) }
    }

    private init(_ row: Row, _ ledger: Ledger, _ db: Database) throws {
        id = OperationID(
            incarnation: Incarnation(rawValue: UInt64(bitPattern: row[0])),
            sequence: UInt64(bitPattern: row[1]))
        guard let logged = try ledger.operation(id, in: db) else {
            throw LedgerError.unknownOperation(id)
        }
        refusal = Refusal(code: row[2], message: row[3])
        wallMicroseconds = row[4]
        operation = logged.operation
        settled = try (row[5] as Int64?).flatMap { try OutboxAudit.one($0, db) }
        scanned = try IntakeRecord.text(behind: id, db)
    }

    static func settle(_ id: OperationID, audit: Int64, _ db: Database) throws {
        let sql = "UPDATE dead_letter SET audit = ? WHERE incarnation = ? AND sequence = ?"
        try db.execute(
            sql: sql,
            arguments: [
                audit, Int64(bitPattern: id.incarnation.rawValue), Int64(bitPattern: id.sequence),
            ])
    }

    static func waiting(_ db: Database) throws -> Int {
        let sql = "SELECT count(*) FROM dead_letter WHERE audit IS NULL"
        return try Int.fetchOne(try db.cachedStatement(sql: sql)) ?? 0
    }
}

extension StationReader {
    /// Those that wait for a person, or all that ever were; the latest first.
    public func deadLetters(limit: Int, settledToo: Bool = false) throws -> [DeadLetter] {
        try DeadLetter.fetch(settledToo: settledToo, limit: limit, ledger, db)
    }
}
