import GRDB
public import Replication

/// An operation that a sink's receiver refused while it took others: set aside, so that they
/// could go on, until a person has it sent again or gives it up.
public struct ParkedOperation: Sendable, Equatable {
    public var position: FeedPosition
    /// `a1b2c3d4e5f60718:42`
    public var operation: String
    public var fault: Sink.Fault
    /// It is sent again as soon as may be.
    public var isWanted: Bool

    static let schema = """
        CREATE TABLE hub_sink_parked (
            sink INTEGER NOT NULL, position INTEGER NOT NULL, operation TEXT NOT NULL,
            code TEXT NOT NULL, message TEXT NOT NULL, time INTEGER NOT NULL,
            is_wanted INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (sink, position)
        ) STRICT, WITHOUT ROWID;
        """

    init(row: Row) {
        position = FeedPosition(bitPattern: row["position"] as Int64)
        operation = row["operation"]
        fault = Sink.Fault(code: row["code"], message: row["message"], time: row["time"])
        isWanted = row["is_wanted"]
    }

    init(position: FeedPosition, operation: OperationID, fault: Sink.Fault) {
        self.position = position
        self.operation = operation.description
        self.fault = fault
        isWanted = false
    }
}

extension ParkedOperation {
    static func all(of sink: Int64, limit: Int, _ db: Database) throws -> [ParkedOperation] {
        try Row.fetchAll(
            db, sql: "SELECT * FROM hub_sink_parked WHERE sink = ? ORDER BY position LIMIT ?",
            arguments: [sink, limit]
        ).map(ParkedOperation.init(row:))
    }

    static func wanted(of sink: Int64, _ db: Database) throws -> ParkedOperation? {
        let sql = """
            SELECT * FROM hub_sink_parked WHERE sink = ? AND is_wanted ORDER BY position LIMIT 1
            """
        return try Row.fetchOne(db.cachedStatement(sql: sql), arguments: [sink])
            .map(ParkedOperation.init(row:))
    }

    static func count(of sink: Int64, _ db: Database) throws -> Int {
        try Int.fetchOne(
            db, sql: "SELECT count(*) FROM hub_sink_parked WHERE sink = ?", arguments: [sink]) ?? 0
    }

    func insert(of sink: Int64, _ db: Database) throws {
        try db.execute(
            sql: "INSERT OR REPLACE INTO hub_sink_parked VALUES (?, ?, ?, ?, ?, ?, 0)",
            arguments: [
                sink, Int64(bitPattern: position), operation, fault.code, fault.message,
                fault.time,
            ])
    }

    static func delete(_ position: FeedPosition, of sink: Int64, _ db: Database) throws {
        try db.execute(
            sql: "DELETE FROM hub_sink_parked WHERE sink = ? AND position = ?",
            arguments: [sink, Int64(bitPattern: position)])
    }

    /// Asks for another try; nil: of all. Answers with how many they are.
    static func want(_ operation: String?, of sink: Int64, _ db: Database) throws -> Int {
        try db.execute(
            sql: """
                UPDATE hub_sink_parked SET is_wanted = 1
                WHERE sink = ?1 AND (?2 IS NULL OR operation = ?2)
                """,
            arguments: [sink, operation])
        return db.changesCount
    }

    /// Gives it up. Answers whether it was there.
    static func drop(_ operation: String, of sink: Int64, _ db: Database) throws -> Bool {
        try db.execute(
            sql: "DELETE FROM hub_sink_parked WHERE sink = ? AND operation = ?",
            arguments: [sink, operation])
        return db.changesCount > 0
    }
}
