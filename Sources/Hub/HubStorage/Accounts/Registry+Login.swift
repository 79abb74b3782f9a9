public import Accounts
import Foundation
import GRDB
import OperatorGrants

/// What a login came to. The secret is the browser's, and a new one at every step.
public enum LoginStep: Sendable, Equatable {
    case done(secret: String)
    /// The password was right; a code of the telephone or a recovery code must follow.
    case secondFactor(secret: String)
}

extension Registry {
    /// Tries a name and a password. Throws `AccountError.loginFailed` whichever was wrong, after the
    /// same time, and `HubError.tooManyRequests` before anything is looked at.
    public func login(
        typedName: String, password: Password, from client: LoginClient,
        rules: UserSession.Rules, now: Int64
    ) async throws -> LoginStep {
        let name = UserName(typed: typedName)
        // However it is spelt, it is one name.
        let attempts = LoginAttempts(
            name: name?.description ?? typedName, address: client.address)
        try await database.write { try attempts.begin(now: now, $0) }
        let user = try await database.read { db in try name.flatMap { try UserRecord.one($0, db) } }
        let isRight = try await passwords.matches(password, user?.password)
        guard let user, isRight, user.disabled == nil else {
            try await noteFailure(user, client, now)
            throw AccountError.loginFailed
        }
        let better = try await rehashed(password, user)
        return try await database.write { db in
            // They may have been disabled, or their password changed, while this one was tried.
            guard var current = try UserRecord.one(id: user.id, db), current.disabled == nil,
                current.password == user.password
            else { throw AccountError.loginFailed }
            if let better { current.password = better }
            return try Registry.letIn(&current, client, attempts, rules, now, db)
        }
    }

    private static func letIn(
        _ user: inout UserRecord, _ client: LoginClient, _ attempts: LoginAttempts,
        _ rules: UserSession.Rules, _ now: Int64, _ db: Database
    ) throws -> LoginStep {
        guard user.secondFactor == nil else {
            try user.save(db)
            try attempts.pardonAddress(db)
            return .secondFactor(
                secret: try UserSession.begin(
                    user, from: client, isWhole: false, rules: rules, now: now, db))
        }
        try attempts.clear(db)
        return .done(secret: try begin(&user, client, rules, now, db))
    }

    private static func begin(
        _ user: inout UserRecord, _ client: LoginClient, _ rules: UserSession.Rules, _ now: Int64,
        _ db: Database
    ) throws -> String {
        user.lastLogin = now
        try user.save(db)
        try ActivityRow.append(
            .login, "", tenant: user.tenant,
            by: Author(name: user.name.name, address: client.address), now: now, db)
        return try UserSession.begin(
            user, from: client, isWhole: true, rules: rules, now: now, db)
    }

    /// Says who was tried only where there is such a user: people type passwords into this field.
    private func noteFailure(_ user: UserRecord?, _ client: LoginClient, _ now: Int64) async throws
    {
        try await note(
            .loginFailed, "", tenant: user?.tenant ?? "",
            by: Author(name: user?.name.name ?? "", address: client.address), now: now)
    }

    /// A hash of today's cost, in place of one that was cheaper to make.
    private func rehashed(_ password: Password, _ user: UserRecord) async throws -> PasswordHash? {
        guard user.password?.rounds != passwords.rounds else { return nil }
        return try await passwords.hash(password)
    }

    /// The second step. `typed`: what the telephone shows, or a recovery code.
    public func login(
        secondFactor typed: String, secret: String, from client: LoginClient,
        rules: UserSession.Rules, now: Int64
    ) async throws -> String {
        let half = try await database.read {
            try UserSession.one(secret: secret, isWhole: false, rules: rules, now: now, $0)
        }
        guard let half else { throw AccountError.loginNeeded }
        let attempts = LoginAttempts(
            name: half.user.name.description, address: client.address)
        try await database.write { try attempts.begin(now: now, $0) }
        let next: String? = try await database.write { db in
            guard
                var user = try UserSession.one(
                    secret: secret, isWhole: false, rules: rules, now: now, db)?.user
            else { throw AccountError.loginNeeded }
            guard try user.accept(typed, client, now, db) else { return nil }
            try attempts.clear(db)
            try UserSession.end(secret: secret, db)
            return try Registry.begin(&user, client, rules, now, db)
        }
        guard let next else {
            try await noteFailure(half.user, client, now)
            throw AccountError.secondFactorWrong
        }
        return next
    }
}
