import Foundation
import GRDB
public import OperatorGrants

/// Somebody who may work at a tenant's stations.
public struct OperatorRecord: Sendable, Equatable {
    /// How long a grant is good when a station hears nothing of the hub.
    public static let standardDays = 30
    public static let daysLimits = 1...365

    public var tenant: String
    public var name: String
    public var role: OperatorRole
    public var pin: PINHash
    public var badges: [BadgeMark]
    public var days: Int
    /// Microseconds since 1970.
    public var created: Int64
    public var revoked: Int64?

    static let schema = """
        CREATE TABLE operator (
            tenant TEXT NOT NULL, name TEXT NOT NULL, role TEXT NOT NULL,
            salt BLOB NOT NULL, rounds INTEGER NOT NULL, hash BLOB NOT NULL,  -- scrypt of the PIN
            days INTEGER NOT NULL, created INTEGER NOT NULL, revoked INTEGER,
            PRIMARY KEY (tenant, name)
        ) WITHOUT ROWID;
        CREATE TABLE operator_badge (
            tenant TEXT NOT NULL, mark BLOB NOT NULL, kind TEXT NOT NULL, operator TEXT NOT NULL,
            PRIMARY KEY (tenant, mark)
        ) WITHOUT ROWID;
        CREATE TABLE operator_version (
            tenant TEXT PRIMARY KEY,
            version INTEGER NOT NULL  -- when its operators last changed, and ever greater
        ) WITHOUT ROWID;
        """

    public init(
        tenant: String, name: String, role: OperatorRole, pin: PINHash, badges: [BadgeMark],
        days: Int, created: Int64, revoked: Int64? = nil
    ) {
        self.tenant = tenant
        self.name = name
        self.role = role
        self.pin = pin
        self.badges = badges
        self.days = days
        self.created = created
        self.revoked = revoked
    }

    /// What stations are told, from `now` on.
    func grant(now: Int64) -> OperatorGrant {
        OperatorGrant(
            name: name, role: role, expires: now + Int64(days) * 86_400_000_000, pin: pin,
            badges: badges)
    }
}

extension OperatorRecord {
    private init(_ row: Row, _ db: Database) throws {
        let pin = PINHash(
            salt: Array(row["salt"] as Data), rounds: row["rounds"],
            hash: Array(row["hash"] as Data))
        guard let role = OperatorRole(rawValue: row["role"]), let pin else {
            throw HubError.storage("the operator '\(row["name"] as String)' can't be read")
        }
        self.init(
            tenant: row["tenant"], name: row["name"], role: role, pin: pin,
            badges: try Self.badges(tenant: row["tenant"], name: row["name"], db),
            days: row["days"], created: row["created"], revoked: row["revoked"])
    }

    static func all(_ tenant: String, _ db: Database) throws -> [OperatorRecord] {
        try Row.fetchAll(
            db, sql: "SELECT * FROM operator WHERE tenant = ? ORDER BY name", arguments: [tenant]
        ).map { try OperatorRecord($0, db) }
    }

    static func one(_ name: String, tenant: String, _ db: Database) throws -> OperatorRecord? {
        try Row.fetchOne(
            db, sql: "SELECT * FROM operator WHERE tenant = ? AND name = ?",
            arguments: [tenant, name]
        ).map { try OperatorRecord($0, db) }
    }

    /// Whose badge it is; nil: nobody's.
    static func wearer(of badge: BadgeMark, tenant: String, _ db: Database) throws -> String? {
        try String.fetchOne(
            db, sql: "SELECT operator FROM operator_badge WHERE tenant = ? AND mark = ?",
            arguments: [tenant, Data(badge.bytes)])
    }

    static func version(_ tenant: String, _ db: Database) throws -> UInt64 {
        try UInt64.fetchOne(
            db, sql: "SELECT version FROM operator_version WHERE tenant = ?", arguments: [tenant])
            ?? 0
    }

    /// By the clock, so that a hub that was put back gives no version a second time.
    private static func noteChange(_ tenant: String, now: Int64, _ db: Database) throws {
        let sql = """
            INSERT INTO operator_version VALUES (?, ?)
            ON CONFLICT DO UPDATE SET version = max(version + 1, excluded.version)
            """
        try db.execute(sql: sql, arguments: [tenant, now])
    }

    /// Adds it, or puts it in the place of what there is under that name.
    func save(now: Int64, _ db: Database) throws {
        let key: StatementArguments = [tenant, name]
        try db.execute(
            sql: "DELETE FROM operator WHERE tenant = ? AND name = ?", arguments: key)
        try db.execute(
            sql: "DELETE FROM operator_badge WHERE tenant = ? AND operator = ?", arguments: key)
        let sql = """
            INSERT INTO operator (tenant, name, role, salt, rounds, hash, days, created, revoked)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """
        try db.execute(
            sql: sql,
            arguments: key + [
                role.rawValue, Data(pin.salt), pin.rounds, Data(pin.bytes), days, created, revoked,
            ])
        for badge in badges {
            try db.execute(
                sql: "INSERT INTO operator_badge VALUES (?, ?, ?, ?)",
                arguments: [tenant, Data(badge.bytes), badge.kind.rawValue, name])
        }
        try Self.noteChange(tenant, now: now, db)
    }

    private static func badges(
        tenant: String, name: String, _ db: Database
    ) throws -> [BadgeMark] {
        let sql = """
            SELECT kind, mark FROM operator_badge WHERE tenant = ? AND operator = ? ORDER BY mark
            """
        return try Row.fetchAll(db, sql: sql, arguments: [tenant, name]).compactMap { row in
            Badge.Kind(rawValue: row["kind"]).map {
                BadgeMark(kind: $0, bytes: Array(row["mark"] as Data))
            }
        }
    }
}
