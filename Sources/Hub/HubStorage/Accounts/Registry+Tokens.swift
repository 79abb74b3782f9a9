public import Accounts
import GRDB

/// A token of somebody's program, without what makes it one.
public struct TokenRecord: Sendable, Equatable {
    /// The beginning of its hash.
    public var id: String
    public var tenant: String
    public var name: String
    public var role: UserRole
    /// Microseconds since 1970.
    public var created: Int64
    /// nil: never.
    public var expires: Int64?
}

extension Registry {
    /// Makes a token, good for `minutes` or for ever. This is the only time that it can be read.
    public func makeToken(
        tenant: String, name: String, role: UserRole = .admin, minutes: Int? = nil,
        by author: Author = .hub, now: Int64
    ) async throws -> String {
        let tenant = try Registry.checked(tenant: tenant)
        let token = AdminToken.make()
        let expires = minutes.map { now + Int64($0) * 60_000_000 }
        try await database.write { db in
            try AdminToken.insert(
                token, tenant: tenant, name: name, role: role, expires: expires, now: now, db)
            let what = name.isEmpty ? role.rawValue : "\(name), \(role.rawValue)"
            try ActivityRow.append(.tokenMade, what, tenant: tenant, by: author, now: now, db)
        }
        return token
    }

    /// Whose a token is. Throws `HubError.tokenUnknown`.
    public func token(_ token: String, now: Int64) async throws -> TokenRecord {
        let record = try await database.read { try AdminToken.one(token, now: now, $0) }
        guard let record else { throw HubError.tokenUnknown }
        return record
    }

    public func tokens(of tenant: String, now: Int64) async throws -> [TokenRecord] {
        try await database.read { try AdminToken.all(tenant, now: now, $0) }
    }

    /// From the next request on it is worth nothing. Throws `AccountError.tokenUnknown`.
    public func revokeToken(
        _ id: String, tenant: String, by author: Author, now: Int64
    ) async throws {
        try await database.write { db in
            let known = try AdminToken.all(tenant, now: now, db).filter { $0.id == id }
            guard known.count == 1, let token = known.first else {
                throw AccountError.tokenUnknown(id)
            }
            try AdminToken.delete(id, tenant: tenant, db)
            try ActivityRow.append(
                .tokenRevoked, token.name.isEmpty ? id : token.name, tenant: tenant, by: author,
                now: now, db)
        }
    }
}
