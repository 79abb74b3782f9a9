import Accounts
import Foundation
import GRDB
import OperatorGrants

/// A browser in which somebody is logged in.
public struct UserSession: Sendable, Equatable {
    /// What it is called where sessions are listed: no secret.
    public var id: String
    public var user: UserRecord
    /// Microseconds since 1970.
    public var created: Int64
    public var seen: Int64
    public var address: String
    /// What the browser says of itself.
    public var agent: String
    /// false: the second factor is still wanted, and nothing else is allowed.
    var isWhole: Bool

    static let agentLimit = 200

    static let schema = """
        CREATE TABLE user_session (
            hash BLOB PRIMARY KEY, id TEXT NOT NULL, user TEXT NOT NULL, created INTEGER NOT NULL,
            seen INTEGER NOT NULL, address TEXT NOT NULL, agent TEXT NOT NULL,
            is_whole INTEGER NOT NULL,
            new_factor BLOB  -- a second factor that is shown and not yet confirmed
        ) WITHOUT ROWID;
        CREATE INDEX user_session_user ON user_session (user);
        """

    /// How long sessions last.
    public struct Rules: Sendable {
        public var idleSeconds: Int64
        public var absoluteSeconds: Int64
        /// Of one that waits for the second factor.
        public var halfSeconds: Int64
        public var countLimit: Int

        public init(
            idleSeconds: Int64 = 30 * 60, absoluteSeconds: Int64 = 12 * 3600,
            halfSeconds: Int64 = 5 * 60, countLimit: Int = 50
        ) {
            self.idleSeconds = idleSeconds
            self.absoluteSeconds = absoluteSeconds
            self.halfSeconds = halfSeconds
            self.countLimit = countLimit
        }

        func isOver(_ session: UserSession, now: Int64) -> Bool {
            let age = now - session.created
            guard session.isWhole else { return age >= halfSeconds * 1_000_000 }
            return age >= absoluteSeconds * 1_000_000
                || now - session.seen >= idleSeconds * 1_000_000
        }
    }

    init(row: Row, user: UserRecord) {
        id = row["id"]
        self.user = user
        (created, seen) = (row["created"], row["seen"])
        (address, agent) = (row["address"], row["agent"])
        isWhole = row["is_whole"]
    }
}

extension UserSession {
    /// Begins one and answers its secret, which only the browser keeps.
    static func begin(
        _ user: UserRecord, from client: LoginClient, isWhole: Bool, rules: Rules, now: Int64,
        _ db: Database
    ) throws -> String {
        let secret = Secret.make()
        try db.execute(
            sql: "INSERT INTO user_session VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL)",
            arguments: [
                Data(Secret.hash(secret)),
                TypedCode.make().lowercased().replacing("-", with: ""), user.id, now, now,
                client.address, String(client.agent.prefix(agentLimit)), isWhole,
            ])
        try db.execute(
            sql: """
                DELETE FROM user_session WHERE user = ?1 AND hash NOT IN
                    (SELECT hash FROM user_session WHERE user = ?1 ORDER BY seen DESC LIMIT ?2)
                """, arguments: [user.id, rules.countLimit])
        return secret
    }

    static func one(
        secret: String, isWhole: Bool, rules: Rules, now: Int64, _ db: Database
    ) throws -> UserSession? {
        let row = try Row.fetchOne(
            db, sql: "SELECT * FROM user_session WHERE hash = ?",
            arguments: [Data(Secret.hash(secret))])
        guard let row, let user = try UserRecord.one(id: row["user"], db), user.disabled == nil
        else { return nil }
        let session = UserSession(row: row, user: user)
        return session.isWhole == isWhole && !rules.isOver(session, now: now) ? session : nil
    }

    static func all(of user: UserRecord, rules: Rules, now: Int64, _ db: Database) throws
        -> [UserSession]
    {
        try Row.fetchAll(
            db, sql: "SELECT * FROM user_session WHERE user = ? ORDER BY seen DESC",
            arguments: [user.id]
        ).map { UserSession(row: $0, user: user) }
            .filter { $0.isWhole && !rules.isOver($0, now: now) }
    }

    static func end(secret: String, _ db: Database) throws {
        try db.execute(
            sql: "DELETE FROM user_session WHERE hash = ?",
            arguments: [Data(Secret.hash(secret))])
    }

    /// `kept`: the id of one that goes on.
    @discardableResult
    static func endAll(of user: String, but kept: String? = nil, _ db: Database) throws -> Int {
        try db.execute(
            sql: "DELETE FROM user_session WHERE user = ? AND id IS NOT ?",
            arguments: [user, kept])
        return db.changesCount
    }
}

/// Who asks to be let in.
public struct LoginClient: Sendable {
    public var address: String
    public var agent: String

    public init(address: String, agent: String) {
        (self.address, self.agent) = (address, agent)
    }
}
