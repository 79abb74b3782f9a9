import FoundationEssentials
import GRDB
public import OperatorGrants

/// Who may work here, as the hub signed it.
enum RosterRow {
    static let schema = """
        CREATE TABLE roster (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            roster BLOB NOT NULL,     -- a message Roster, the bytes that were signed
            signature BLOB NOT NULL   -- Ed25519, by the hub's key
        ) STRICT;
        """

    static func fetch(_ db: Database) throws -> SignedRoster? {
        try Row.fetchOne(db, sql: "SELECT roster, signature FROM roster").map { row in
            SignedRoster(
                roster: Array(row[0] as Data), signature: Array(row[1] as Data))
        }
    }
}

extension StationReader {
    /// The operators' grants, whose signature is looked at each time they are read; nil: the hub
    /// has sent none. Throws `GrantError` for what the hub didn't sign for this station's tenant.
    public func roster() throws -> Roster? {
        guard let signed = try RosterRow.fetch(db) else { return nil }
        let tenant = try StationStateRow.fetch(db).tenant
        return try Roster(signed, hubKey: try hubKey() ?? [], tenant: tenant)
    }

    /// The hub's clock less this machine's, in microseconds, as it was last measured.
    public func hubOffsetMicroseconds() throws -> Int64 {
        try StationStateRow.fetch(db).hubOffsetMicroseconds
    }
}

extension StationTransaction {
    /// Puts a roster in the place of the one before. Throws `GrantError` for one that is not the
    /// hub's, not this tenant's or older than the one that is here.
    public func keep(_ signed: SignedRoster) throws {
        let key = try StationReader(db: db, ledger: ledger).hubKey() ?? []
        let roster = try Roster(signed, hubKey: key, tenant: state.tenant)
        // What is here and can't be read is no reason to refuse what can.
        let held = try? StationReader(db: db, ledger: ledger).roster()
        guard roster.issued >= held?.issued ?? .min else { throw GrantError.rosterOld }
        let sql = """
            INSERT INTO roster VALUES (1, ?, ?) ON CONFLICT DO UPDATE
                SET roster = excluded.roster, signature = excluded.signature
            """
        try db.execute(sql: sql, arguments: [signed.roster.data, signed.signature.data])
    }
}
