public import Accounts
import Foundation
import GRDB
import OperatorGrants

extension Registry {
    /// A session is noted as used so often at most.
    private static let touchMicroseconds: Int64 = 60_000_000

    /// Who is logged in with this secret; nil: nobody, or no more.
    public func session(
        _ secret: String, rules: UserSession.Rules, now: Int64
    ) async throws -> UserSession? {
        let session = try await database.read {
            try UserSession.one(secret: secret, isWhole: true, rules: rules, now: now, $0)
        }
        if let session, now - session.seen >= Self.touchMicroseconds {
            try await database.write {
                try $0.execute(
                    sql: "UPDATE user_session SET seen = ? WHERE hash = ?",
                    arguments: [now, Data(Secret.hash(secret))])
            }
        }
        return session
    }

    public func sessions(
        of name: UserName, rules: UserSession.Rules, now: Int64
    ) async throws -> [UserSession] {
        try await database.read { db in
            try UserSession.all(
                of: try UserRecord.present(name, db), rules: rules, now: now, db)
        }
    }

    public func endSession(secret: String, by author: Author, tenant: String, now: Int64)
        async throws
    {
        try await database.write { db in
            try UserSession.end(secret: secret, db)
            try ActivityRow.append(.logout, "", tenant: tenant, by: author, now: now, db)
        }
    }

    /// Ends one of a user's sessions. Throws `AccountError.sessionUnknown`.
    public func endSession(
        _ id: String, of name: UserName, by author: Author, now: Int64
    ) async throws {
        try await database.write { db in
            let user = try UserRecord.present(name, db)
            try db.execute(
                sql: "DELETE FROM user_session WHERE user = ? AND id = ?",
                arguments: [user.id, id])
            guard db.changesCount == 1 else { throw AccountError.sessionUnknown }
            try ActivityRow.append(
                .sessionsRevoked, "\(name.name): one", tenant: name.tenant, by: author, now: now,
                db)
        }
    }

    /// Ends all of a user's sessions, and answers how many there were. `kept`: the id of one that
    /// goes on.
    @discardableResult
    public func endSessions(
        of name: UserName, but kept: String? = nil, by author: Author, now: Int64
    ) async throws -> Int {
        try await database.write { db in
            let user = try UserRecord.present(name, db)
            let count = try UserSession.endAll(of: user.id, but: kept, db)
            try ActivityRow.append(
                .sessionsRevoked, "\(name.name): \(count)", tenant: name.tenant, by: author,
                now: now, db)
            return count
        }
    }
}
