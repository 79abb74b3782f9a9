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

    static func make() -> String { Secret.make(prefix: "sht_") }

    static func hash(_ token: String) -> Data { Data(Secret.hash(token)) }

    static func insert(
        _ token: String, tenant: String, name: String, expires: Int64?, now: Int64,
        _ db: Database
    ) throws {
        try db.execute(sql: "DELETE FROM admin_token WHERE expires <= ?", arguments: [now])
        let sql = """
            INSERT INTO admin_token (hash, tenant, name, created, expires) VALUES (?, ?, ?, ?, ?)
            """
        try db.execute(sql: sql, arguments: [hash(token), tenant, name, now, expires])
    }

    static func tenant(of token: String, now: Int64, _ db: Database) throws -> String? {
        let sql = """
            SELECT tenant FROM admin_token WHERE hash = ? AND (expires IS NULL OR expires > ?)
            """
        return try String.fetchOne(db, sql: sql, arguments: [hash(token), now])
    }
}
