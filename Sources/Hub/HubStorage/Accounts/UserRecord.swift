public import Accounts
import Foundation
import GRDB

/// Somebody who may log in at the hub.
public struct UserRecord: Sendable, Equatable {
    public static let usersLimit = 1000

    /// Stays when the name is given to somebody else.
    public var id: String
    public var name: UserName
    public var role: UserRole
    /// nil: nobody can log in before a one-time code was used.
    var password: PasswordHash?
    /// Microseconds since 1970.
    public var created: Int64
    public var disabled: Int64?
    public var lastLogin: Int64?
    /// nil: the password is enough.
    var secondFactor: OneTimePassword?
    /// The step of `secondFactor` that was used last.
    var lastStep: Int64

    public var hasPassword: Bool { password != nil }
    public var hasSecondFactor: Bool { secondFactor != nil }
    public var tenant: String { name.tenant }

    static let schema = """
        CREATE TABLE user (
            id TEXT PRIMARY KEY, tenant TEXT NOT NULL, name TEXT NOT NULL, role TEXT NOT NULL,
            salt BLOB, rounds INTEGER, hash BLOB,  -- scrypt of the password
            created INTEGER NOT NULL, disabled INTEGER, last_login INTEGER,
            totp_key BLOB, totp_step INTEGER NOT NULL DEFAULT 0,
            UNIQUE (tenant, name)
        ) WITHOUT ROWID;
        CREATE TABLE recovery_code (
            user TEXT NOT NULL, hash BLOB NOT NULL, PRIMARY KEY (user, hash)
        ) WITHOUT ROWID;
        """

    init(name: UserName, role: UserRole, created: Int64) {
        id = "us-" + TypedCode.make().lowercased().replacing("-", with: "")
        (self.name, self.role, self.created) = (name, role, created)
        lastStep = 0
    }

    init?(row: Row) throws {
        guard let role = UserRole(rawValue: row["role"]) else { return nil }
        name = try UserName(row["name"], tenant: row["tenant"])
        self.role = role
        id = row["id"]
        if let salt = row["salt"] as Data?, let rounds = row["rounds"] as Int64?,
            let hash = row["hash"] as Data?
        {
            password = PasswordHash(salt: salt, rounds: UInt32(clamping: rounds), hash: hash)
        }
        (created, disabled, lastLogin) = (row["created"], row["disabled"], row["last_login"])
        secondFactor = (row["totp_key"] as Data?).map(OneTimePassword.init(key:))
        lastStep = row["totp_step"]
    }
}

extension UserRecord {
    static func one(_ name: UserName, _ db: Database) throws -> UserRecord? {
        try Row.fetchOne(
            db, sql: "SELECT * FROM user WHERE tenant = ? AND name = ?",
            arguments: [name.tenant, name.name]
        ).flatMap(UserRecord.init(row:))
    }

    static func one(id: String, _ db: Database) throws -> UserRecord? {
        try Row.fetchOne(db, sql: "SELECT * FROM user WHERE id = ?", arguments: [id])
            .flatMap(UserRecord.init(row:))
    }

    /// Throws `AccountError.userUnknown`.
    static func present(_ name: UserName, _ db: Database) throws -> UserRecord {
        guard let user = try one(name, db) else { throw AccountError.userUnknown(name.name) }
        return user
    }

    static func all(_ tenant: String, _ db: Database) throws -> [UserRecord] {
        try Row.fetchAll(
            db, sql: "SELECT * FROM user WHERE tenant = ? ORDER BY name", arguments: [tenant]
        ).compactMap(UserRecord.init(row:))
    }

    static func isAnyThere(_ db: Database) throws -> Bool {
        try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM user)") ?? false
    }

    func save(_ db: Database) throws {
        try db.execute(
            sql: """
                INSERT INTO user (id, tenant, name, role, salt, rounds, hash, created,
                    disabled, last_login, totp_key, totp_step)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (id) DO UPDATE SET
                    role = excluded.role, salt = excluded.salt, rounds = excluded.rounds,
                    hash = excluded.hash, disabled = excluded.disabled,
                    last_login = excluded.last_login, totp_key = excluded.totp_key,
                    totp_step = excluded.totp_step
                """,
            arguments: [
                id, tenant, name.name, role.rawValue, password?.salt,
                password.map { Int64($0.rounds) }, password?.hash, created, disabled, lastLogin,
                secondFactor?.key, lastStep,
            ])
    }

    /// Throws `AccountError.lastAdmin` unless another admin of the tenant can log in.
    func requireAnotherAdmin(_ db: Database) throws {
        guard role == .admin, disabled == nil else { return }
        let others = try UserRecord.all(tenant, db).contains {
            $0.id != id && $0.role == .admin && $0.disabled == nil
        }
        guard others else { throw AccountError.lastAdmin }
    }
}
