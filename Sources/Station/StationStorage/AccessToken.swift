import FoundationEssentials
import GRDB
public import OperatorGrants

/// What lets a program of another machine use the local API. Only its hash is kept.
public struct AccessToken: Sendable, Equatable {
    /// Tokens of one station.
    public static let countLimit = 100
    public static let nameLimitBytes = 64

    static let schema = """
        CREATE TABLE access_token (
            name TEXT PRIMARY KEY, hash BLOB NOT NULL UNIQUE, role TEXT NOT NULL,
            created INTEGER NOT NULL,
            expires INTEGER NOT NULL  -- microseconds since 1970
        ) WITHOUT ROWID;
        """

    public var name: String
    public var role: OperatorRole
    /// Microseconds since 1970.
    public var created: Int64
    public var expires: Int64

    public init(name: String, role: OperatorRole, created: Int64, expires: Int64) {
        self.name = name
        self.role = role
        self.created = created
        self.expires = expires
    }

    public static func makeSecret() -> String { Secret.make(prefix: "sst_") }
}

extension AccessToken {
    fileprivate init?(_ row: Row) {
        // A role of a later program lets nobody in.
        guard let role = OperatorRole(rawValue: row["role"]) else { return nil }
        self.init(
            name: row["name"], role: role, created: row["created"], expires: row["expires"])
    }
}

extension StationReader {
    public func accessTokens() throws -> [AccessToken] {
        try Row.fetchAll(db, sql: "SELECT * FROM access_token ORDER BY name")
            .compactMap { AccessToken($0) }
    }

    /// nil: there is no such token, or its time is over.
    public func accessToken(_ secret: String, now: Int64) throws -> AccessToken? {
        try Row.fetchOne(
            db, sql: "SELECT * FROM access_token WHERE hash = ? AND expires > ?",
            arguments: [Secret.hash(secret).data, now]
        ).flatMap { AccessToken($0) }
    }
}

extension StationTransaction {
    /// false: there is one of that name, or there are as many as may be. Those whose time is over
    /// are thrown away.
    public func add(_ token: AccessToken, secret: String) throws -> Bool {
        try db.execute(
            sql: "DELETE FROM access_token WHERE expires <= ?", arguments: [token.created])
        let count = try Int.fetchOne(db, sql: "SELECT count(*) FROM access_token") ?? 0
        guard count < AccessToken.countLimit else { return false }
        let sql = """
            INSERT OR IGNORE INTO access_token (name, hash, role, created, expires)
            VALUES (?, ?, ?, ?, ?)
            """
        try db.execute(
            sql: sql,
            arguments: [
                token.name, Secret.hash(secret).data, token.role.rawValue, token.created,
                token.expires,
            ])
        return db.changesCount == 1
    }

    /// false: there is none of that name.
    public func removeAccessToken(_ name: String) throws -> Bool {
        try db.execute(sql: "DELETE FROM access_token WHERE name = ?", arguments: [name])
        return db.changesCount == 1
    }
}
