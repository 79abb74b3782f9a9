import GRDB

/// Nothing leaves while the outbox is held; it stays so over restarts.
public struct OutboxHold: Sendable, Equatable {
    static let schema = """
        CREATE TABLE outbox_hold (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            audit INTEGER NOT NULL          -- who, when and why
        ) STRICT;
        """

    public var sinceMicroseconds: Int64
    public var reason: OutboxAudit.Reason

    static func fetch(_ db: Database) throws -> OutboxHold? {
        let audit = try Int64.fetchOne(
            try db.cachedStatement(sql: "SELECT audit FROM outbox_hold"))
        guard let audit, let entry = try OutboxAudit.one(audit, db) else { return nil }
        return OutboxHold(sinceMicroseconds: entry.wallMicroseconds, reason: entry.reason)
    }
}

extension StationReader {
    /// nil: what waits is sent.
    public func outboxHold() throws -> OutboxHold? {
        try OutboxHold.fetch(db)
    }
}

extension StationTransaction {
    /// From now on nothing is sent. Holding again notes the new reason.
    public func hold(_ reason: OutboxAudit.Reason, wallMicroseconds: Int64) throws {
        let audit = OutboxAudit(
            wallMicroseconds: wallMicroseconds, action: .hold, reason: reason)
        let sql = """
            INSERT INTO outbox_hold VALUES (1, ?) ON CONFLICT DO UPDATE SET audit = excluded.audit
            """
        try db.execute(sql: sql, arguments: [try audit.insert(db)])
    }

    /// What waits is sent again. false: it was not held.
    public func release(_ reason: OutboxAudit.Reason, wallMicroseconds: Int64) throws -> Bool {
        guard try OutboxHold.fetch(db) != nil else { return false }
        try db.execute(sql: "DELETE FROM outbox_hold")
        _ = try OutboxAudit(
            wallMicroseconds: wallMicroseconds, action: .release, reason: reason
        ).insert(db)
        return true
    }
}
