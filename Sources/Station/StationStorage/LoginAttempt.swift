import GRDB

/// How often somebody has lately failed to say who they are. Outlives a restart, so that a plug
/// that is pulled gives nobody more tries.
public struct LoginAttempt: Sendable, Equatable {
    static let schema = """
        CREATE TABLE login_attempt (
            operator TEXT NOT NULL,
            is_remote INTEGER NOT NULL,  -- from another machine
            failures INTEGER NOT NULL,   -- since the last success
            last INTEGER NOT NULL,       -- wall time of the last failure
            PRIMARY KEY (operator, is_remote)
        ) WITHOUT ROWID;
        """

    public var failures: Int
    /// Microseconds since 1970.
    public var last: Int64

    public init(failures: Int, last: Int64) {
        (self.failures, self.last) = (failures, last)
    }
}

extension StationTransaction {
    /// nil: none has failed since the last success.
    public func loginAttempt(of name: String, isRemote: Bool) throws -> LoginAttempt? {
        let sql = "SELECT failures, last FROM login_attempt WHERE operator = ? AND is_remote = ?"
        return try Row.fetchOne(db, sql: sql, arguments: [name, isRemote]).map {
            LoginAttempt(failures: $0[0], last: $0[1])
        }
    }

    public func note(_ attempt: LoginAttempt, of name: String, isRemote: Bool) throws {
        try db.execute(
            sql: "INSERT OR REPLACE INTO login_attempt VALUES (?, ?, ?, ?)",
            arguments: [name, isRemote, attempt.failures, attempt.last])
    }

    public func forgetLoginAttempts(of name: String, isRemote: Bool) throws {
        try db.execute(
            sql: "DELETE FROM login_attempt WHERE operator = ? AND is_remote = ?",
            arguments: [name, isRemote])
    }
}
