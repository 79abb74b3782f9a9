import Accounts
import Foundation
import GRDB
import OperatorGrants

/// A secret that lets a person's program use the REST calls of one tenant.
enum AdminToken {
    static let schema = """
        CREATE TABLE admin_token (
            hash BLOB PRIMARY KEY, tenant TEXT NOT NULL, name TEXT NOT NULL,
            created INTEGER NOT NULL
        ) WITHOUT ROWID;
        """
    /// NULL: never.
    static let expirySchema = "ALTER TABLE admin_token ADD COLUMN expires INTEGER"
    /// Tokens of before could do everything, and still can.
    static let roleSchema = """
        ALTER TABLE admin_token ADD COLUMN role TEXT NOT NULL DEFAULT 'admin'
        """
    private static let idCharacters = 10

    static func make() -> String { Secret.make(prefix: "sht_") }

    static func hash(_ token: String) -> Data { Data(Secret.hash(token)) }

    static func insert(
        _ token: String, tenant: String, name: String, role: UserRole, expires: Int64?,
        now: Int64, _ db: Database
    ) throws {
        try db.execute(sql: "DELETE FROM admin_token WHERE expires <= ?", arguments: [now])
        let sql = """
            INSERT INTO admin_token (hash, tenant, name, created, expires, role)
            VALUES (?, ?, ?, ?, ?, ?)
            """
        try db.execute(
            sql: sql, arguments: [hash(token), tenant, name, now, expires, role.rawValue])
    }

    static func one(_ token: String, now: Int64, _ db: Database) throws -> TokenRecord? {
        let sql = """
            SELECT * FROM admin_token WHERE hash = ? AND (expires IS NULL OR expires > ?)
            """
        return try Row.fetchOne(db, sql: sql, arguments: [hash(token), now]).flatMap(record)
    }

    static func all(_ tenant: String, now: Int64, _ db: Database) throws -> [TokenRecord] {
        let sql = """
            SELECT * FROM admin_token WHERE tenant = ? AND (expires IS NULL OR expires > ?)
            ORDER BY created, hash
            """
        return try Row.fetchAll(db, sql: sql, arguments: [tenant, now]).compactMap(record)
    }

    static func delete(_ id: String, tenant: String, _ db: Database) throws {
        try db.execute(
            sql: "DELETE FROM admin_token WHERE tenant = ? AND lower(hex(hash)) LIKE ? || '%'",
            arguments: [tenant, id])
    }

    /// nil: a role that later programs know. Such a token lets nobody in.
    private static func record(_ row: Row) -> TokenRecord? {
        guard let role = UserRole(rawValue: row["role"]) else { return nil }
        return TokenRecord(
            id: (row["hash"] as Data).prefix(idCharacters / 2).hexText, tenant: row["tenant"],
            name: row["name"], role: role,
            created: row["created"], expires: row["expires"])
    }
}
