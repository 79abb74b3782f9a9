import GRDB

/// Who did what to a sink, and when. Stays when the sink is removed.
public struct SinkAudit: Sendable, Equatable {
    public enum Action: String, Sendable {
        case added, paused, resumed, retried, skipped, dropped, removed
        /// By the hub itself: the receiver refused one operation, or all of them, or wants no more.
        case parked, failed, gone
        /// What was set aside got through.
        case delivered
    }

    /// Who the hub itself is.
    public static let hub = "hub"

    /// Microseconds since 1970.
    public var time: Int64
    public var who: String
    public var action: Action
    public var detail: String

    public init(time: Int64, who: String, action: Action, detail: String = "") {
        self.time = time
        self.who = who
        self.action = action
        self.detail = detail
    }

    static let schema = """
        CREATE TABLE hub_sink_audit (
            id INTEGER PRIMARY KEY, sink TEXT NOT NULL, time INTEGER NOT NULL, who TEXT NOT NULL,
            action TEXT NOT NULL, detail TEXT NOT NULL
        ) STRICT;
        CREATE INDEX hub_sink_audit_sink ON hub_sink_audit (sink, id);
        """

    func insert(_ sink: String, _ db: Database) throws {
        try db.execute(
            sql: """
                INSERT INTO hub_sink_audit (sink, time, who, action, detail) VALUES (?, ?, ?, ?, ?)
                """,
            arguments: [sink, time, who, action.rawValue, detail])
    }

    /// The newest first.
    static func all(of sink: String, limit: Int, _ db: Database) throws -> [SinkAudit] {
        try Row.fetchAll(
            db, sql: "SELECT * FROM hub_sink_audit WHERE sink = ? ORDER BY id DESC LIMIT ?",
            arguments: [sink, limit]
        ).compactMap { row in
            guard let action = Action(rawValue: row["action"]) else { return nil }
            return SinkAudit(
                time: row["time"], who: row["who"], action: action, detail: row["detail"])
        }
    }
}
