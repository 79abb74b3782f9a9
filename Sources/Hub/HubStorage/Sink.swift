import GRDB
public import Replication

/// Another system that gets what the tenant's log holds, and how much of it that system has.
///
/// The cursor stands in the same database as the log: whoever puts an old copy back puts back both.
public struct Sink: Sendable, Equatable {
    public enum State: String, Sendable, Codable {
        case active
        /// By a person, or because the receiver said that it wants no more.
        case paused
        /// A person has to look first.
        case failed
    }

    /// What went wrong last.
    public struct Fault: Sendable, Equatable {
        /// From docs/errors.md.
        public var code: String
        public var message: String
        /// Microseconds since 1970.
        public var time: Int64

        public init(code: String, message: String, time: Int64) {
            self.code = code
            self.message = message
            self.time = time
        }
    }

    /// Never given twice, unlike the name.
    public var id: Int64
    public var name: String
    public var kind: String
    /// JSON; what it says is the kind's business. No secret stands in it.
    public var settings: String
    /// The file that holds the secret.
    public var secretFile: String?
    public var state: State
    /// The receiver has confirmed all up to here.
    public var position: FeedPosition
    /// Microseconds since 1970, like all times here.
    public var created: Int64
    public var lastSuccess: Int64?
    public var fault: Fault?
    /// Failures since the last success.
    public var attempts: Int
    /// Counts what persons told it, so that whoever waits sees that something changed.
    public var orders: Int

    static let nameLimitBytes = 40

    static let schema = """
        CREATE TABLE hub_sink (
            id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, kind TEXT NOT NULL,
            settings TEXT NOT NULL, secret_file TEXT, state TEXT NOT NULL,
            position INTEGER NOT NULL, created INTEGER NOT NULL, last_success INTEGER,
            fault_code TEXT, fault_message TEXT, fault_time INTEGER,
            attempts INTEGER NOT NULL DEFAULT 0, orders INTEGER NOT NULL DEFAULT 0
        ) STRICT;
        """

    init(row: Row) {
        id = row["id"]
        name = row["name"]
        kind = row["kind"]
        settings = row["settings"]
        secretFile = row["secret_file"]
        // What a newer hub wrote is not to be touched by this one.
        state = State(rawValue: row["state"]) ?? .paused
        position = FeedPosition(bitPattern: row["position"] as Int64)
        created = row["created"]
        lastSuccess = row["last_success"]
        if let code = row["fault_code"] as String? {
            fault = Fault(code: code, message: row["fault_message"] ?? "", time: row["fault_time"])
        }
        attempts = row["attempts"]
        orders = row["orders"]
    }

    /// A name is a file's name and a part of topics as well, so it is kept narrow.
    static func checked(name: String) throws(SinkError) -> String {
        let isGood = name.utf8.allSatisfy {
            (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-")
        }
        guard isGood, (1...nameLimitBytes).contains(name.utf8.count) else { throw .name(name) }
        return name
    }
}

extension Sink {
    static func all(_ db: Database) throws -> [Sink] {
        try Row.fetchAll(db.cachedStatement(sql: "SELECT * FROM hub_sink ORDER BY name"))
            .map(Sink.init(row:))
    }

    static func one(_ id: Int64, _ db: Database) throws -> Sink? {
        try Row.fetchOne(
            db.cachedStatement(sql: "SELECT * FROM hub_sink WHERE id = ?"), arguments: [id]
        ).map(Sink.init(row:))
    }

    /// Throws `SinkError.unknown`.
    static func named(_ name: String, _ db: Database) throws -> Sink {
        let row = try Row.fetchOne(
            db, sql: "SELECT * FROM hub_sink WHERE name = ?", arguments: [name])
        guard let row else { throw SinkError.unknown(name) }
        return Sink(row: row)
    }

    /// Moves the cursor, unless somebody else has moved it.
    static func advance(
        _ id: Int64, from old: FeedPosition, to new: FeedPosition, now: Int64, _ db: Database
    ) throws -> Bool {
        let sql = """
            UPDATE hub_sink SET position = ?, last_success = ?, attempts = 0
            WHERE id = ? AND position = ?
            """
        try db.cachedStatement(sql: sql).execute(
            arguments: [Int64(bitPattern: new), now, id, Int64(bitPattern: old)])
        return db.changesCount == 1
    }

    /// Something got through that is not the next of the log.
    static func succeed(_ id: Int64, now: Int64, _ db: Database) throws {
        try db.execute(
            sql: "UPDATE hub_sink SET last_success = ?, attempts = 0 WHERE id = ?",
            arguments: [now, id])
    }

    /// As `advance`, where nothing was delivered.
    static func move(
        _ id: Int64, from old: FeedPosition, to new: FeedPosition, _ db: Database
    ) throws -> Bool {
        try db.cachedStatement(
            sql: "UPDATE hub_sink SET position = ? WHERE id = ? AND position = ?"
        )
        .execute(arguments: [Int64(bitPattern: new), id, Int64(bitPattern: old)])
        return db.changesCount == 1
    }

    /// `state`: what it becomes, if it is active. `countsAttempt`: not what one operation suffered.
    static func note(
        _ fault: Fault, _ id: Int64, becoming state: State = .active, countsAttempt: Bool = true,
        _ db: Database
    ) throws {
        let sql = """
            UPDATE hub_sink SET fault_code = ?, fault_message = ?, fault_time = ?,
                attempts = attempts + ?,
                state = CASE WHEN state = 'active' THEN ? ELSE state END
            WHERE id = ?
            """
        try db.cachedStatement(sql: sql).execute(
            arguments: [
                fault.code, fault.message, fault.time, countsAttempt ? 1 : 0, state.rawValue, id,
            ])
    }

    /// A person's word.
    static func order(_ id: Int64, becoming state: State, _ db: Database) throws {
        try db.execute(
            sql: "UPDATE hub_sink SET state = ?, orders = orders + 1 WHERE id = ?",
            arguments: [state.rawValue, id])
    }
}
