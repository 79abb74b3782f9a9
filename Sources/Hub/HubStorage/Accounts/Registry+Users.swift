public import Accounts
import Foundation
import GRDB

// Who may log in at the hub. What is changed here holds from the next request on.
extension Registry {
    /// How long a code for a first password is good, and one for a forgotten one.
    public static let firstCodeMinutes = 24 * 60
    public static let resetCodeMinutes = 30

    /// Adds somebody, who chooses their password with the one-time code that is answered.
    public func addUser(
        _ name: UserName, role: UserRole, by author: Author, now: Int64
    ) async throws -> String {
        try await database.write { db in
            let user = try Registry.insert(name, role, now, db)
            try ActivityRow.append(
                .userAdded, "\(name.name), \(role.rawValue)", tenant: name.tenant, by: author,
                now: now, db)
            return try UserCode.make(
                for: user.id, minutes: Self.firstCodeMinutes, now: now, db)
        }
    }

    /// Adds somebody with a password.
    public func addUser(
        _ name: UserName, role: UserRole, password: Password, by author: Author, now: Int64
    ) async throws {
        let hash = try await passwords.hash(password)
        try await database.write { db in
            var user = try Registry.insert(name, role, now, db)
            user.password = hash
            try user.save(db)
            try ActivityRow.append(
                .userAdded, "\(name.name), \(role.rawValue)", tenant: name.tenant, by: author,
                now: now, db)
        }
    }

    static func insert(
        _ name: UserName, _ role: UserRole, _ now: Int64, _ db: Database
    ) throws -> UserRecord {
        _ = try Registry.checked(tenant: name.tenant)
        guard try UserRecord.one(name, db) == nil else { throw AccountError.userExists(name.name) }
        guard try UserRecord.all(name.tenant, db).count < UserRecord.usersLimit else {
            throw AccountError.tooManyUsers(limit: UserRecord.usersLimit)
        }
        let user = UserRecord(name: name, role: role, created: now)
        try user.save(db)
        return user
    }

    public func users(of tenant: String) async throws -> [UserRecord] {
        try await database.read { try UserRecord.all(tenant, $0) }
    }

    /// Throws `AccountError.lastAdmin` when nobody would be left to undo it.
    public func setRole(
        _ role: UserRole, of name: UserName, by author: Author, now: Int64
    ) async throws {
        try await change(name, .roleChanged, role.rawValue, by: author, now: now) { user, db in
            if role != .admin { try user.requireAnotherAdmin(db) }
            user.role = role
        }
    }

    /// Ends all of their sessions as well. Throws `AccountError.lastAdmin`.
    public func disableUser(_ name: UserName, by author: Author, now: Int64) async throws {
        try await change(name, .userDisabled, "", by: author, now: now) { user, db in
            try user.requireAnotherAdmin(db)
            user.disabled = now
            try UserSession.endAll(of: user.id, db)
            try UserCode.delete(of: user.id, db)
        }
    }

    public func enableUser(_ name: UserName, by author: Author, now: Int64) async throws {
        try await change(name, .userEnabled, "", by: author, now: now) { user, _ in
            user.disabled = nil
        }
    }

    /// A one-time code with which somebody chooses another password. The old one holds until then.
    public func makeResetCode(
        for name: UserName, by author: Author, now: Int64
    ) async throws -> String {
        try await database.write { db in
            let user = try UserRecord.present(name, db)
            try ActivityRow.append(
                .codeMade, name.name, tenant: name.tenant, by: author, now: now, db)
            return try UserCode.make(
                for: user.id, minutes: Self.resetCodeMinutes, now: now, db)
        }
    }

    /// Ends all of their sessions as well.
    public func setPassword(
        _ password: Password, of name: UserName, by author: Author, now: Int64
    ) async throws {
        let hash = try await passwords.hash(password)
        try await change(name, .passwordChanged, "", by: author, now: now) { user, db in
            user.password = hash
            try UserSession.endAll(of: user.id, db)
            try UserCode.delete(of: user.id, db)
        }
    }

    /// Who lost their telephone and their recovery codes logs in with the password alone.
    public func dropSecondFactor(of name: UserName, by author: Author, now: Int64) async throws {
        try await change(name, .secondFactorOff, "", by: author, now: now) { user, db in
            try user.dropSecondFactor(db)
        }
    }

    private func change(
        _ name: UserName, _ kind: Activity.Kind, _ detail: String, by author: Author, now: Int64,
        _ body: @escaping @Sendable (inout UserRecord, Database) throws -> Void
    ) async throws {
        try await database.write { db in
            var user = try UserRecord.present(name, db)
            try body(&user, db)
            try user.save(db)
            let what = detail.isEmpty ? name.name : "\(name.name): \(detail)"
            try ActivityRow.append(kind, what, tenant: name.tenant, by: author, now: now, db)
        }
    }
}

// The first admin, and passwords by one-time code.
extension Registry {
    /// A code that makes its user the first admin; nil: there are users already.
    public func makeSetupCode(now: Int64) async throws -> String? {
        try await database.write { db in
            guard try !UserRecord.isAnyThere(db) else { return nil }
            return try UserCode.make(for: nil, minutes: Self.firstCodeMinutes, now: now, db)
        }
    }

    /// Somebody chooses a password with a one-time code, which is used up by it. Throws
    /// `AccountError.codeWrong`, whatever of it was wrong.
    public func usePasswordCode(
        _ code: String, typedName: String, newPassword: String, from client: LoginClient, now: Int64
    ) async throws {
        let attempts = LoginAttempts(name: nil, address: client.address)
        try await database.write { try attempts.begin(now: now, $0) }
        guard let name = UserName(typed: typedName) else { throw AccountError.codeWrong }
        let found = try await database.read { db in
            guard let code = try UserCode.find(code, now: now, db) else {
                throw AccountError.codeWrong
            }
            let user = try UserRecord.one(name, db)
            guard code.user == user?.id, user?.disabled == nil else { throw AccountError.codeWrong }
            return code
        }
        let hash = try await passwords.hash(try Password(choosing: newPassword, for: name))
        try await database.write { db in
            guard try UserCode.find(code, now: now, db) != nil else { throw AccountError.codeWrong }
            try attempts.clear(db)
            try Registry.give(hash, to: name, found, client, now, db)
        }
    }

    private static func give(
        _ hash: PasswordHash, to name: UserName, _ code: UserCode, _ client: LoginClient,
        _ now: Int64, _ db: Database
    ) throws {
        let isFirst = code.user == nil
        if isFirst, try UserRecord.isAnyThere(db) { throw AccountError.codeWrong }
        var user =
            try isFirst
            ? insert(name, .admin, now, db) : UserRecord.present(name, db)
        user.password = hash
        try user.save(db)
        try UserCode.delete(of: code.user, db)
        try UserSession.endAll(of: user.id, db)
        try ActivityRow.append(
            isFirst ? .userAdded : .passwordChanged,
            isFirst
                ? "\(name.name), admin, by the set-up code" : "\(name.name), by a one-time code",
            tenant: name.tenant, by: Author(name: name.name, address: client.address), now: now, db)
    }
}
