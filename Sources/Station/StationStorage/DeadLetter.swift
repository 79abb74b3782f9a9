import GRDB
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
    public var wallMicroseconds: Int64

    func insert(_ db: Database) throws {
        let statement = try db.cachedStatement(
            sql: "INSERT OR IGNORE INTO dead_letter VALUES (?, ?, ?, ?, ?)")
        try statement.execute(arguments: [
            Int64(bitPattern: id.incarnation.rawValue), Int64(bitPattern: id.sequence),
            refusal.code, refusal.message, wallMicroseconds,
        ])
    }

    static func fetch(limit: Int, _ db: Database) throws -> [DeadLetter] {
        try Row.fetchAll(
            db, sql: "SELECT * FROM dead_letter ORDER BY wall DESC LIMIT ?", arguments: [limit]
        ).map { row in
            DeadLetter(
                id: OperationID(
                    incarnation: Incarnation(rawValue: UInt64(bitPattern: row[0])),
                    sequence: UInt64(bitPattern: row[1])),
                refusal: Refusal(code: row[2], message: row[3]), wallMicroseconds: row[4])
        }
    }
}
