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

    public var id: OperationID
    public var refusal: Refusal
    /// When the refusal arrived.
    public var wallMicroseconds: Int64
    /// What was refused.
    public var operation: Operation

    static func insert(
        _ id: OperationID, _ refusal: Refusal, wallMicroseconds: Int64, _ db: Database
    ) throws {
        let statement = try db.cachedStatement(
            sql: "INSERT OR IGNORE INTO dead_letter VALUES (?, ?, ?, ?, ?)")
        try statement.execute(arguments: [
            Int64(bitPattern: id.incarnation.rawValue), Int64(bitPattern: id.sequence),
            refusal.code, refusal.message, wallMicroseconds,
        ])
    }

    /// The operation has another name now, and no verdict yet.
    static func delete(_ id: OperationID, _ db: Database) throws {
        let sql = "DELETE FROM dead_letter WHERE incarnation = ? AND sequence = ?"
        try db.cachedStatement(sql: sql).execute(arguments: [
            Int64(bitPattern: id.incarnation.rawValue), Int64(bitPattern: id.sequence),
        ])
    }

    /// The latest first.
    static func fetch(limit: Int, _ ledger: Ledger, _ db: Database) throws -> [DeadLetter] {
        let sql = """
            SELECT incarnation, sequence, code, message, wall FROM dead_letter
            ORDER BY wall DESC, incarnation, sequence DESC LIMIT ?
            """
        return try Row.fetchAll(db, sql: sql, arguments: [limit]).map { row in
            let id = OperationID(
                incarnation: Incarnation(rawValue: UInt64(bitPattern: row[0])),
                sequence: UInt64(bitPattern: row[1]))
            guard let logged = try ledger.operation(id, in: db) else {
                throw LedgerError.unknownOperation(id)
            }
            return DeadLetter(
                id: id, refusal: Refusal(code: row[2], message: row[3]), wallMicroseconds: row[4],
                operation: logged.operation)
        }
    }
}
