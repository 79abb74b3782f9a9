import Accounts
import GRDB
public import OperatorGrants

// Operators. They belong to a tenant, and every station of it is told of all of them.
extension Registry {
    /// How old the grants of a station may be before they are renewed.
    static let renewalMicroseconds: Int64 = 6 * 3600 * 1_000_000

    /// Adds an operator; one that was revoked comes back with what is given now.
    ///
    /// Throws `HubError` when there is such an operator, or a badge is another's.
    public func addOperator(_ record: OperatorRecord, by author: Author = .hub) async throws {
        let tenant = try Registry.checked(tenant: record.tenant)
        try await database.write { db in
            let known = try OperatorRecord.all(tenant, db).filter { $0.revoked == nil }
            guard !known.contains(where: { $0.name == record.name }) else {
                throw HubError.operatorExists(record.name)
            }
            guard known.count < Roster.grantsLimit else {
                throw HubError.tooManyOperators(limit: Roster.grantsLimit)
            }
            try Registry.requireFree(record.badges, for: record, db)
            try record.save(now: record.created, db)
            try ActivityRow.append(
                .operatorAdded, "\(record.name), \(record.role.rawValue)", tenant: tenant,
                by: author, now: record.created, db)
        }
    }

    /// Throws `HubError.operatorUnknown`.
    public func setPIN(
        _ pin: PINHash, of name: String, tenant: String, by author: Author = .hub, now: Int64
    ) async throws {
        try await database.write { db in
            var record = try Registry.present(name, tenant, db)
            record.pin = pin
            try record.save(now: now, db)
            try ActivityRow.append(
                .operatorPIN, name, tenant: tenant, by: author, now: now, db)
        }
    }

    /// Stations let the operator in no more as soon as they hear of it. Badges are free again.
    public func revokeOperator(
        _ name: String, tenant: String, by author: Author = .hub, now: Int64
    ) async throws {
        try await database.write { db in
            var record = try Registry.present(name, tenant, db)
            (record.revoked, record.badges) = (now, [])
            try record.save(now: now, db)
            try ActivityRow.append(
                .operatorRevoked, name, tenant: tenant, by: author, now: now, db)
        }
    }

    public func operators(of tenant: String) async throws -> [OperatorRecord] {
        try await database.read { try OperatorRecord.all(tenant, $0) }
    }

    /// The tenant's roster as of `now`, signed; nil: a station that has `version`, issued at
    /// `issued`, needs no other.
    public func roster(
        of tenant: String, unless version: UInt64, issued: Int64, now: Int64
    ) async throws -> SignedRoster? {
        let roster = try await database.read { db in
            Roster(
                tenant: tenant, version: try OperatorRecord.version(tenant, db), issued: now,
                grants: try OperatorRecord.all(tenant, db).filter { $0.revoked == nil }
                    .map { $0.grant(now: now) })
        }
        let isFresh = (0..<Self.renewalMicroseconds).contains(now - issued)
        guard roster.version != version || !isFresh && !roster.grants.isEmpty else { return nil }
        return try roster.signed(by: signingKey)
    }

    private static func present(
        _ name: String, _ tenant: String, _ db: Database
    ) throws -> OperatorRecord {
        let record = try OperatorRecord.one(name, tenant: tenant, db)
        guard let record, record.revoked == nil else { throw HubError.operatorUnknown(name) }
        return record
    }

    private static func requireFree(
        _ badges: [BadgeMark], for record: OperatorRecord, _ db: Database
    ) throws {
        for badge in badges {
            let wearer = try OperatorRecord.wearer(of: badge, tenant: record.tenant, db)
            guard wearer == nil || wearer == record.name else {
                throw HubError.badgeTaken(wearer ?? "")
            }
        }
    }
}
