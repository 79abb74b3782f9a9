import Accounts
import Foundation
import GRDB

/// A one-time code with which somebody chooses a password: the first admin, who is new, or who
/// forgot theirs.
struct UserCode {
    /// nil: whoever uses it becomes the first admin.
    var user: String?

    static let schema = """
        CREATE TABLE user_code (
            hash BLOB PRIMARY KEY, user TEXT, expires INTEGER NOT NULL
        ) WITHOUT ROWID;
        """

    /// Makes a code; those that the user had before are worth nothing any more.
    static func make(for user: String?, minutes: Int, now: Int64, _ db: Database) throws -> String {
        try db.execute(
            sql: "DELETE FROM user_code WHERE user IS ? OR expires <= ?", arguments: [user, now])
        let text = TypedCode.make()
        try db.execute(
            sql: "INSERT INTO user_code VALUES (?, ?, ?)",
            arguments: [TypedCode.hash(text), user, now + Int64(minutes) * 60_000_000])
        return text
    }

    static func find(_ typed: String, now: Int64, _ db: Database) throws -> UserCode? {
        try Row.fetchOne(
            db, sql: "SELECT user FROM user_code WHERE hash = ? AND expires > ?",
            arguments: [TypedCode.hash(typed), now]
        ).map { UserCode(user: $0["user"]) }
    }

    static func delete(of user: String?, _ db: Database) throws {
        try db.execute(sql: "DELETE FROM user_code WHERE user IS ?", arguments: [user])
    }
}
