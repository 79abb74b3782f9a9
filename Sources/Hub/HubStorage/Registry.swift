import Accounts
public import Crypto
public import Foundation
import GRDB
import LedgerStore
public import Replication

/// Who may speak to this hub, and work at its stations: stations, one-time codes, tokens, users,
/// operators; and the log of what people did.
public struct Registry: Sendable {
    let database: DatabasePool
    let passwords: PasswordQueue
    private let attempts = AttemptLimit(count: 20, perSeconds: 60)
    /// Changes when the hub's data are made anew.
    public let generation: String
    /// What the hub signs its answers to bundles with.
    public let signingKey: Curve25519.Signing.PrivateKey

    static let migrator: DatabaseMigrator = {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("registry-1") { db in
            try db.execute(sql: StationRecord.schema)
            try db.execute(sql: EnrolmentCode.schema)
            try db.execute(sql: AdminToken.schema)
            try db.execute(sql: "CREATE TABLE hub (generation TEXT NOT NULL)")
            try db.execute(
                sql: "INSERT INTO hub VALUES (?)", arguments: [UUID().uuidString.lowercased()])
        }
        migrator.registerMigration("registry-2") { try $0.execute(sql: AdminToken.expirySchema) }
        migrator.registerMigration("registry-3") { db in
            try db.execute(sql: "ALTER TABLE hub ADD COLUMN signing_key BLOB")
            try db.execute(
                sql: "UPDATE hub SET signing_key = ?",
                arguments: [Curve25519.Signing.PrivateKey().rawRepresentation])
        }
        migrator.registerMigration("registry-keys") { db in
            try db.execute(sql: StationRecord.nextKeySchema)
            try db.execute(sql: EnrolmentCode.stationSchema)
        }
        migrator.registerMigration("registry-operators") {
            try $0.execute(sql: OperatorRecord.schema)
        }
        migrator.registerMigration("registry-users") { db in
            for schema in [
                UserRecord.schema, UserCode.schema, UserSession.schema, LoginAttempts.schema,
                ActivityRow.schema, AdminToken.roleSchema,
            ] { try db.execute(sql: schema) }
        }
        return migrator
    }()

    /// `passwordRounds`: what a password costs, of scrypt.
    init(path: String, passwordRounds: UInt32) throws {
        passwords = PasswordQueue(rounds: passwordRounds)
        database = try LedgerDatabase.open(path: path, migrator: Registry.migrator)
        (generation, signingKey) = try database.read { db in
            let row = try Row.fetchOne(db, sql: "SELECT generation, signing_key FROM hub")
            return (
                row?["generation"] ?? "",
                try Curve25519.Signing.PrivateKey(
                    rawRepresentation: row?["signing_key"] as Data? ?? Data())
            )
        }
    }

    /// Ed25519, 32 bytes: of `signingKey`.
    public var publicKeyBytes: Data { signingKey.publicKey.rawRepresentation }

    func takesWrites() async -> Bool { await LedgerDatabase.takesWrites(database) }

    func close() throws {
        try database.close()
    }

    /// Gives the data another generation, from the next opening on: they were put back from a
    /// backup, and stations must send again what it lacks and read all of its feed.
    public func renewGeneration() throws {
        try database.write {
            try $0.execute(
                sql: "UPDATE hub SET generation = ?", arguments: [UUID().uuidString.lowercased()])
        }
    }
}

// Admins.
extension Registry {
    /// Makes a one-time code; those that are too old are thrown away.
    ///
    /// `station`: whoever uses the code becomes this one, whatever its key, and the key that the
    /// station had is worth nothing any more. It is how a machine is replaced.
    public func makeEnrolmentCode(
        tenant: String, minutes: Int, station: StationCode? = nil, by author: Author = .hub,
        now: Int64
    ) async throws -> EnrolmentCode {
        let tenant = try Registry.checked(tenant: tenant)
        let code = EnrolmentCode(
            tenant: tenant, station: station,
            expiresMicroseconds: now + Int64(minutes) * 60_000_000)
        try await database.write { db in
            if let station, try StationRecord.one(station, db)?.tenant != tenant {
                throw HubError.stationUnknown(station)
            }
            try EnrolmentCode.deleteExpired(now: now, db)
            try code.insert(db)
            try ActivityRow.append(
                .enrolmentCodeMade, station?.rawValue ?? "", tenant: tenant, by: author, now: now,
                db)
        }
        return code
    }

    public func stations(of tenant: String) async throws -> [StationRecord] {
        try await database.read { try StationRecord.all(tenant, $0) }
    }

    /// From now on the station is not listened to, until it is enrolled again.
    public func revoke(
        _ station: StationCode, tenant: String, by author: Author = .hub, now: Int64
    ) async throws {
        try await database.write { db in
            try db.execute(
                sql: "UPDATE station SET revoked = ? WHERE code = ? AND tenant = ?",
                arguments: [now, station.rawValue, tenant])
            guard db.changesCount == 1 else { throw HubError.stationUnknown(station) }
            try ActivityRow.append(
                .stationRevoked, station.rawValue, tenant: tenant, by: author, now: now, db)
        }
    }

    /// A tenant's name is a file's name as well, so it is kept narrow.
    static func checked(tenant: String) throws -> String {
        let isGood = tenant.utf8.allSatisfy {
            (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-")
        }
        guard isGood, (1...40).contains(tenant.utf8.count) else {
            throw HubError.tenantName(tenant)
        }
        return tenant
    }
}

// Stations.
extension Registry {
    /// What a machine says when it wants to become a station.
    public struct Application: Sendable {
        public var code: String
        public var publicKey: [UInt8]
        public var name: String
        public var fingerprint: String

        public init(code: String, publicKey: [UInt8], name: String, fingerprint: String) {
            self.code = code
            self.publicKey = publicKey
            self.name = name
            self.fingerprint = fingerprint
        }
    }

    /// Makes a machine a station, once a code.
    ///
    /// The same machine may repeat it: its answer may have been lost. A key that the tenant knows
    /// keeps its station, so that what waits on it is still its own.
    public func enrol(_ application: Application, now: Int64) async throws -> StationRecord {
        guard application.name.utf8.count <= StationRecord.nameLimitBytes,
            application.fingerprint.utf8.count <= StationRecord.nameLimitBytes
        else { throw HubError.stationName(limitBytes: StationRecord.nameLimitBytes) }
        try Registry.check(application.publicKey)
        try attempts.begin(now: now)
        let station = try await database.write { try Registry.enrol(application, now: now, $0) }
        attempts.succeeded(now: now)
        return station
    }

    private static func check(_ publicKey: [UInt8]) throws {
        do {
            _ = try Curve25519.Signing.PublicKey(rawRepresentation: publicKey)
        } catch {
            throw HubError.publicKey("\(publicKey.count) bytes, not an Ed25519 key")
        }
    }

    private static func enrol(
        _ application: Application, now: Int64, _ db: Database
    ) throws -> StationRecord {
        guard let found = try EnrolmentCode.find(application.code, now: now, db) else {
            throw HubError.enrolmentCode
        }
        let known = try StationRecord.one(
            tenant: found.tenant, publicKey: application.publicKey, db)
        if let station = found.used {
            guard let known, known.code.rawValue == station else { throw HubError.enrolmentCode }
            return known
        }
        if let meant = found.meant, let known, known.code != meant {
            throw HubError.publicKey("it is that of station \(known.code)")
        }
        let code = found.meant ?? known?.code ?? StationCode("st-" + randomName())
        try StationRecord.enrol(
            code, tenant: found.tenant, publicKey: application.publicKey, name: application.name,
            fingerprint: application.fingerprint, now: now, db)
        try EnrolmentCode.use(application.code, for: code.rawValue, db)
        guard let record = try StationRecord.one(code, db) else {
            throw HubError.stationUnknown(code)
        }
        return record
    }

    /// The station of a key id. Throws when it is unknown or revoked.
    public func station(_ code: StationCode) async throws -> StationRecord {
        guard let record = try await database.read({ try StationRecord.one(code, $0) }) else {
            throw HubError.stationUnknown(code)
        }
        guard record.revoked == nil else { throw HubError.stationRevoked(code) }
        return record
    }

    /// Has the station sign with another key: it may from now on, and must as soon as it has.
    public func rotate(_ station: StationRecord, to publicKey: [UInt8]) async throws {
        try Registry.check(publicKey)
        guard publicKey != station.publicKey else { return }
        try await database.write { db in
            let owner = try StationRecord.one(
                tenant: station.tenant, publicKey: publicKey, db)
            guard owner == nil || owner?.code == station.code else {
                throw HubError.publicKey("it is another station's")
            }
            try StationRecord.setNextKey(publicKey, of: station.code, db)
        }
    }

    /// The station has signed with its next key.
    public func useNextKey(_ key: [UInt8], of station: StationCode) async throws {
        try await database.write { try StationRecord.useNextKey(key, of: station, $0) }
    }

    /// What a station said of itself in hello.
    public func noteHello(
        _ station: StationCode, offsetMicroseconds: Int64, fingerprint: String, software: String,
        now: Int64
    ) async throws {
        try await database.write { db in
            try db.execute(
                sql: """
                    UPDATE station SET last_seen = ?, offset_us = ?, fingerprint = ?, software = ?
                    WHERE code = ?
                    """,
                arguments: [now, offsetMicroseconds, fingerprint, software, station.rawValue])
        }
    }

    /// Small letters and digits, 60 bits.
    private static func randomName() -> String {
        String((0..<12).map { _ in TypedCode.alphabet[Int.random(in: 0..<32)] }).lowercased()
    }
}
