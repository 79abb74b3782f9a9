public import Accounts
import Foundation
import GRDB
import OperatorGrants

extension UserRecord {
    static let recoveryCodesCount = 10

    /// Whether the digits are the telephone's, or a recovery code's. Either is good once.
    mutating func accept(
        _ typed: String, _ client: LoginClient, _ now: Int64, _ db: Database
    ) throws -> Bool {
        guard let secondFactor else { return false }
        if let step = secondFactor.step(of: typed, seconds: now / 1_000_000, after: lastStep) {
            lastStep = step
            return true
        }
        try db.execute(
            sql: "DELETE FROM recovery_code WHERE user = ? AND hash = ?",
            arguments: [id, TypedCode.hash(typed)])
        guard db.changesCount == 1 else { return false }
        try ActivityRow.append(
            .recoveryUsed, "", tenant: tenant,
            by: Author(name: name.name, address: client.address), now: now, db)
        return true
    }

    mutating func dropSecondFactor(_ db: Database) throws {
        (secondFactor, lastStep) = (nil, 0)
        try db.execute(sql: "DELETE FROM recovery_code WHERE user = ?", arguments: [id])
    }

    /// New ones; those before are worth nothing any more.
    func makeRecoveryCodes(_ db: Database) throws -> [String] {
        try db.execute(sql: "DELETE FROM recovery_code WHERE user = ?", arguments: [id])
        let codes = (0..<Self.recoveryCodesCount).map { _ in TypedCode.make() }
        for code in codes {
            try db.execute(
                sql: "INSERT INTO recovery_code VALUES (?, ?)",
                arguments: [id, TypedCode.hash(code)])
        }
        return codes
    }
}

// One's own account.
extension Registry {
    /// A second factor to be shown and confirmed. Until then it is the session's alone.
    public func offerSecondFactor(_ session: UserSession, secret: String) async throws
        -> OneTimePassword
    {
        try await database.write { db in
            let hash = Data(Secret.hash(secret))
            let shown = try Data.fetchOne(
                db, sql: "SELECT new_factor FROM user_session WHERE hash = ?", arguments: [hash])
            if let shown { return OneTimePassword(key: shown) }
            let factor = OneTimePassword.make()
            try db.execute(
                sql: "UPDATE user_session SET new_factor = ? WHERE hash = ?",
                arguments: [factor.key, hash])
            return factor
        }
    }

    /// Confirms it by what the telephone shows, and answers the recovery codes, this once. Other
    /// sessions end.
    public func confirmSecondFactor(
        _ session: UserSession, secret: String, typed: String, by author: Author, now: Int64
    ) async throws -> [String] {
        try await database.write { db in
            let shown = try Data.fetchOne(
                db, sql: "SELECT new_factor FROM user_session WHERE hash = ?",
                arguments: [Data(Secret.hash(secret))])
            guard let shown, var user = try UserRecord.one(id: session.user.id, db) else {
                throw AccountError.secondFactorWrong
            }
            let factor = OneTimePassword(key: shown)
            guard let step = factor.step(of: typed, seconds: now / 1_000_000, after: 0) else {
                throw AccountError.secondFactorWrong
            }
            (user.secondFactor, user.lastStep) = (factor, step)
            try user.save(db)
            try db.execute(
                sql: "UPDATE user_session SET new_factor = NULL WHERE hash = ?",
                arguments: [Data(Secret.hash(secret))])
            try UserSession.endAll(of: user.id, but: session.id, db)
            try ActivityRow.append(
                .secondFactorOn, user.name.name, tenant: user.tenant, by: author, now: now, db)
            return try user.makeRecoveryCodes(db)
        }
    }

    /// Throws `AccountError.loginFailed` when the password is not that of the session's user.
    public func confirmPassword(
        _ password: Password, _ session: UserSession, from client: LoginClient, now: Int64
    ) async throws {
        let attempts = LoginAttempts(
            name: session.user.name.description, address: client.address)
        try await database.write { try attempts.begin(now: now, $0) }
        guard try await passwords.matches(password, session.user.password) else {
            try await note(
                .loginFailed, "", tenant: session.user.tenant,
                by: Author(name: session.user.name.name, address: client.address), now: now)
            throw AccountError.loginFailed
        }
        try await database.write { try attempts.clear($0) }
    }

    /// Other sessions end; this one goes on.
    public func changeOwnPassword(
        _ session: UserSession, to password: Password, by author: Author, now: Int64
    ) async throws {
        let hash = try await passwords.hash(password)
        try await database.write { db in
            guard var user = try UserRecord.one(id: session.user.id, db) else { return }
            user.password = hash
            try user.save(db)
            try UserSession.endAll(of: user.id, but: session.id, db)
            try UserCode.delete(of: user.id, db)
            try ActivityRow.append(
                .passwordChanged, user.name.name, tenant: user.tenant, by: author, now: now, db)
        }
    }
}
