import Accounts
import Foundation
import GRDB
public import Replication

/// A one-time code that makes a machine a station of a tenant.
///
/// Ten characters of an alphabet without look-alikes: 50 bits. Only its hash is stored.
public struct EnrolmentCode: Sendable, Equatable {
    /// `7K3QF-X9M2A`
    public var text: String
    public var tenant: String
    /// The station that its user becomes; nil: a new one, or the one that its key is.
    public var station: StationCode?
    public var expiresMicroseconds: Int64

    static let schema = """
        CREATE TABLE enrolment_code (
            hash BLOB PRIMARY KEY, tenant TEXT NOT NULL, expires INTEGER NOT NULL, station TEXT
        ) WITHOUT ROWID;
        """

    static let stationSchema = "ALTER TABLE enrolment_code ADD COLUMN for_station TEXT"

    /// `station`: the one that whoever uses the code becomes; nil: a new one.
    init(tenant: String, station: StationCode? = nil, expiresMicroseconds: Int64) {
        text = TypedCode.make()
        self.tenant = tenant
        self.station = station
        self.expiresMicroseconds = expiresMicroseconds
    }

    static func hash(_ typed: String) -> Data { TypedCode.hash(typed) }

    func insert(_ db: Database) throws {
        try db.execute(
            sql: """
                INSERT INTO enrolment_code (hash, tenant, expires, for_station)
                VALUES (?, ?, ?, ?)
                """,
            arguments: [
                EnrolmentCode.hash(text), tenant, expiresMicroseconds, station?.rawValue,
            ])
    }

    /// What a code that was typed is good for.
    struct Grant {
        var tenant: String
        /// The station that it made, if it was used.
        var used: String?
        /// The station that its user is to be; nil: it doesn't say.
        var meant: StationCode?
    }

    static func find(_ typed: String, now: Int64, _ db: Database) throws -> Grant? {
        let sql = """
            SELECT tenant, station, for_station FROM enrolment_code
            WHERE hash = ? AND expires > ?
            """
        return try Row.fetchOne(db, sql: sql, arguments: [hash(typed), now]).map {
            Grant(
                tenant: $0["tenant"], used: $0["station"],
                meant: ($0["for_station"] as String?).map { StationCode($0) })
        }
    }

    static func use(_ typed: String, for station: String, _ db: Database) throws {
        try db.execute(
            sql: "UPDATE enrolment_code SET station = ? WHERE hash = ?",
            arguments: [station, hash(typed)])
    }

    static func deleteExpired(now: Int64, _ db: Database) throws {
        try db.execute(sql: "DELETE FROM enrolment_code WHERE expires <= ?", arguments: [now])
    }
}
