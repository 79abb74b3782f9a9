import Crypto
import Foundation
import GRDB

/// A one-time code that makes a machine a station of a tenant.
///
/// Ten characters of an alphabet without look-alikes: 50 bits. Only its hash is stored.
public struct EnrolmentCode: Sendable, Equatable {
    /// `7K3QF-X9M2A`
    public var text: String
    public var tenant: String
    public var expiresMicroseconds: Int64

    static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
    static let schema = """
        CREATE TABLE enrolment_code (
            hash BLOB PRIMARY KEY, tenant TEXT NOT NULL, expires INTEGER NOT NULL, station TEXT
        ) WITHOUT ROWID;
        """

    init(tenant: String, expiresMicroseconds: Int64) {
        let letters = (0..<10).map { _ in Self.alphabet[Int.random(in: 0..<32)] }
        text = String(letters[0..<5]) + "-" + String(letters[5..<10])
        self.tenant = tenant
        self.expiresMicroseconds = expiresMicroseconds
    }

    /// Reads what people type: any case, with or without dashes, O for 0, I and L for 1.
    static func hash(_ typed: String) -> Data {
        let letters = typed.uppercased().compactMap { letter -> Character? in
            switch letter {
            case "O": "0"
            case "I", "L": "1"
            case "-", " ": nil
            default: letter
            }
        }
        return Data(SHA256.hash(data: Data(String(letters).utf8)))
    }

    func insert(_ db: Database) throws {
        try db.execute(
            sql: "INSERT INTO enrolment_code (hash, tenant, expires) VALUES (?, ?, ?)",
            arguments: [EnrolmentCode.hash(text), tenant, expiresMicroseconds])
    }

    /// The tenant that the code opens, and the station that it made if it was used.
    static func find(
        _ typed: String, now: Int64, _ db: Database
    ) throws -> (tenant: String, station: String?)? {
        try Row.fetchOne(
            db, sql: "SELECT tenant, station FROM enrolment_code WHERE hash = ? AND expires > ?",
            arguments: [hash(typed), now]
        ).map { ($0["tenant"], $0["station"]) }
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
