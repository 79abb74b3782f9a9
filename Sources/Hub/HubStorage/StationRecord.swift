import Foundation
import GRDB
public import Replication

/// A station that was enrolled.
public struct StationRecord: Sendable, Equatable {
    public var code: StationCode
    public var tenant: String
    /// Ed25519, 32 bytes. The key is what makes a machine this station.
    public var publicKey: [UInt8]
    /// The key that takes its place as soon as it is used.
    public var nextKey: [UInt8]?
    public var name: String
    public var enrolled: HybridTime
    public var lastSeen: HybridTime?
    public var revoked: HybridTime?
    /// The station's clock less the hub's, as measured when it last said hello.
    public var offsetMicroseconds: Int64
    public var fingerprint: String
    public var software: String

    static let nameLimitBytes = 200

    static let schema = """
        CREATE TABLE station (
            code TEXT PRIMARY KEY, tenant TEXT NOT NULL, public_key BLOB NOT NULL,
            name TEXT NOT NULL, enrolled INTEGER NOT NULL, last_seen INTEGER, revoked INTEGER,
            offset_us INTEGER NOT NULL DEFAULT 0, fingerprint TEXT NOT NULL DEFAULT '',
            software TEXT NOT NULL DEFAULT '', UNIQUE (tenant, public_key)
        ) WITHOUT ROWID;
        """

    static let nextKeySchema = "ALTER TABLE station ADD COLUMN next_key BLOB"

    init(row: Row) {
        code = StationCode(row["code"] as String)
        tenant = row["tenant"]
        publicKey = Array(row["public_key"] as Data)
        nextKey = (row["next_key"] as Data?).map(Array.init)
        name = row["name"]
        enrolled = HybridTime(rawValue: row["enrolled"])
        lastSeen = (row["last_seen"] as Int64?).map(HybridTime.init(rawValue:))
        revoked = (row["revoked"] as Int64?).map(HybridTime.init(rawValue:))
        offsetMicroseconds = row["offset_us"]
        fingerprint = row["fingerprint"]
        software = row["software"]
    }
}

extension StationRecord {
    static func one(_ code: StationCode, _ db: Database) throws -> StationRecord? {
        try Row.fetchOne(
            db, sql: "SELECT * FROM station WHERE code = ?", arguments: [code.rawValue]
        ).map(StationRecord.init(row:))
    }

    static func one(
        tenant: String, publicKey: [UInt8], _ db: Database
    ) throws -> StationRecord? {
        try Row.fetchOne(
            db, sql: "SELECT * FROM station WHERE tenant = ?1 AND ?2 IN (public_key, next_key)",
            arguments: [tenant, Data(publicKey)]
        ).map(StationRecord.init(row:))
    }

    /// From now on `key` may sign as well, and alone as soon as it has.
    static func setNextKey(_ key: [UInt8], of code: StationCode, _ db: Database) throws {
        try db.execute(
            sql: "UPDATE station SET next_key = ? WHERE code = ?",
            arguments: [Data(key), code.rawValue])
    }

    /// The new key was used: the old one is worth nothing any more.
    static func useNextKey(_ key: [UInt8], of code: StationCode, _ db: Database) throws {
        try db.execute(
            sql: """
                UPDATE station SET public_key = next_key, next_key = NULL
                WHERE code = ? AND next_key = ?
                """,
            arguments: [code.rawValue, Data(key)])
    }

    static func all(_ tenant: String, _ db: Database) throws -> [StationRecord] {
        try Row.fetchAll(
            db, sql: "SELECT * FROM station WHERE tenant = ? ORDER BY code", arguments: [tenant]
        ).map(StationRecord.init(row:))
    }

    /// Adds the station, or makes one that the hub knows valid again.
    static func enrol(
        _ code: StationCode, tenant: String, publicKey: [UInt8], name: String,
        fingerprint: String, now: Int64, _ db: Database
    ) throws {
        try db.execute(
            sql: """
                INSERT INTO station (code, tenant, public_key, name, fingerprint, enrolled)
                VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (code) DO UPDATE SET
                    next_key = CASE WHEN excluded.public_key IN (public_key, next_key)
                        THEN next_key END,
                    public_key = CASE WHEN excluded.public_key = next_key
                        THEN public_key ELSE excluded.public_key END,
                    name = excluded.name, fingerprint = excluded.fingerprint,
                    enrolled = excluded.enrolled, revoked = NULL
                """,
            arguments: [code.rawValue, tenant, Data(publicKey), name, fingerprint, now])
    }
}
