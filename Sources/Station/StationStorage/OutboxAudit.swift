import GRDB
public import Replication

/// One thing that a person did to the outbox: who, when, why. Never changed, never deleted.
public struct OutboxAudit: Sendable, Equatable {
    static let schema = """
        CREATE TABLE outbox_audit (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            wall INTEGER NOT NULL,
            action TEXT NOT NULL,
            who TEXT NOT NULL,
            why TEXT NOT NULL,
            incarnation INTEGER,            -- of the operation that it was done to
            sequence INTEGER,
            new_incarnation INTEGER,        -- of the operation that came of it
            new_sequence INTEGER
        ) STRICT;
        CREATE TRIGGER outbox_audit_stays BEFORE DELETE ON outbox_audit
            BEGIN SELECT RAISE(ABORT, 'the audit is never shortened'); END;
        CREATE TRIGGER outbox_audit_holds BEFORE UPDATE ON outbox_audit
            BEGIN SELECT RAISE(ABORT, 'the audit is never changed'); END;
        """

    public enum Action: String, Sendable, CaseIterable {
        /// Nothing is sent until somebody releases the outbox.
        case hold
        case release
        /// A refused operation was made anew as it was.
        case retry
        /// A refused operation was made anew, put right.
        case edit
        /// It was given up, and an operation says so.
        case discard
    }

    /// Who did it, and why: both may be empty, never absent.
    public struct Reason: Sendable, Equatable {
        public static let textLimit = 400
        public var who: String
        public var why: String

        /// Longer texts are cut.
        public init(who: String, why: String) {
            self.who = String(who.prefix(Self.textLimit))
            self.why = String(why.prefix(Self.textLimit))
        }
    }

    /// Given by the store.
    public var id: Int64 = 0
    public var wallMicroseconds: Int64
    public var action: Action
    public var reason: Reason
    public var operation: OperationID?
    public var newOperation: OperationID?

    func insert(_ db: Database) throws -> Int64 {
        let sql = """
            INSERT INTO outbox_audit
                (wall, action, who, why, incarnation, sequence, new_incarnation, new_sequence)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """
        try db.cachedStatement(sql: sql).execute(arguments: [
            wallMicroseconds, action.rawValue, reason.who, reason.why,
            operation.map { Int64(bitPattern: $0.incarnation.rawValue) },
            operation.map { Int64(bitPattern: $0.sequence) },
            newOperation.map { Int64(bitPattern: $0.incarnation.rawValue) },
            newOperation.map { Int64(bitPattern: $0.sequence) },
        ])
        return db.lastInsertedRowID
    }

    /// The newest first, those before `id`.
    static func fetch(before id: Int64?, limit: Int, _ db: Database) throws -> [OutboxAudit] {
        let sql = "SELECT * FROM outbox_audit WHERE id < ? ORDER BY id DESC LIMIT ?"
        return try Row.fetchAll(
            try db.cachedStatement(sql: sql), arguments: [id ?? Int64.max, limit]
        ).map { try OutboxAudit($0) }
    }

    static func one(_ id: Int64, _ db: Database) throws -> OutboxAudit? {
        let sql = "SELECT * FROM outbox_audit WHERE id = ?"
        return try Row.fetchOne(try db.cachedStatement(sql: sql), arguments: [id])
            .map { try OutboxAudit($0) }
    }

    private init(_ row: Row) throws {
        guard let action = Action(rawValue: row[2]) else {
            throw StoreError.damaged("outbox_audit \(row[0] as Int64): action")
        }
        self.init(
            id: row[0], wallMicroseconds: row[1], action: action,
            reason: Reason(who: row[3], why: row[4]), operation: Self.operation(row, 5),
            newOperation: Self.operation(row, 7))
    }

    private static func operation(_ row: Row, _ index: Int) -> OperationID? {
        guard let bits = row[index] as Int64?, let sequence = row[index + 1] as Int64? else {
            return nil
        }
        return OperationID(
            incarnation: Incarnation(rawValue: UInt64(bitPattern: bits)),
            sequence: UInt64(bitPattern: sequence))
    }

    init(
        id: Int64 = 0, wallMicroseconds: Int64, action: Action, reason: Reason,
        operation: OperationID? = nil, newOperation: OperationID? = nil
    ) {
        self.id = id
        self.wallMicroseconds = wallMicroseconds
        self.action = action
        self.reason = reason
        self.operation = operation
        self.newOperation = newOperation
    }
}

extension StationReader {
    /// What people did to the outbox, the newest first; `before`: the last one of another page.
    public func outboxAudit(before id: Int64? = nil, limit: Int) throws -> [OutboxAudit] {
        try OutboxAudit.fetch(before: id, limit: limit, db)
    }
}
