import Crypto
import Foundation
import GRDB

/// Failed attempts, counted before anything is looked at, in the database: a restart gives no more
/// of them. Names that nobody has are counted like others.
struct LoginAttempts {
    /// What one kind of counter allows.
    struct Rule {
        /// Attempts before there is a wait.
        var free: Int
        var firstWaitSeconds: Int64 = 30
        var waitLimitSeconds: Int64 = 3600
        /// After so long one failure is forgotten.
        var pardonSeconds: Int64 = 24 * 3600

        /// One name from one address.
        static let pair = Rule(free: 5)
        /// Any names from one address.
        static let address = Rule(free: 20, pardonSeconds: 60)
        /// One name from anywhere: slow enough for guesses, too rare to lock its owner out for long.
        static let name = Rule(free: 50, waitLimitSeconds: 300, pardonSeconds: 60)

        func waitSeconds(afterFailures count: Int) -> Int64 {
            guard count >= free else { return 0 }
            let doublings = min(count - free, 20)
            return min(firstWaitSeconds << Int64(doublings), waitLimitSeconds)
        }
    }

    private static let memoryMicroseconds: Int64 = 24 * 3600 * 1_000_000

    let counters: [(key: Data, rule: Rule)]
    /// Those that a good attempt clears.
    private let cleared: [Data]
    private let addressKey: Data

    static let schema = """
        CREATE TABLE login_attempt (
            key BLOB PRIMARY KEY, failures INTEGER NOT NULL, last INTEGER NOT NULL,
            next INTEGER NOT NULL
        ) WITHOUT ROWID;
        """

    /// `name`: as it was typed, whoever that is; nil: what is tried is no name.
    init(name: String?, address: String) {
        let whole = Self.key("address", address)
        addressKey = whole
        guard let name else {
            (counters, cleared) = ([(whole, .address)], [])
            return
        }
        let lower = name.lowercased()
        let (pair, everywhere) = (
            Self.key("pair", lower + "\n" + address), Self.key("name", lower)
        )
        counters = [(pair, .pair), (whole, .address), (everywhere, .name)]
        cleared = [pair, everywhere]
    }

    /// Names are hashed: people type passwords into the wrong field.
    private static func key(_ kind: String, _ text: String) -> Data {
        Data(SHA256.hash(data: Data((kind + "\n" + text).utf8)))
    }

    /// Counts an attempt as failed. Throws `HubError.tooManyRequests` while there is a wait.
    func begin(now: Int64, _ db: Database) throws {
        try db.execute(
            sql: "DELETE FROM login_attempt WHERE last < ?",
            arguments: [now - Self.memoryMicroseconds])
        var wait: Int64 = 0
        for (key, _) in counters {
            let next = try Int64.fetchOne(
                db, sql: "SELECT next FROM login_attempt WHERE key = ?", arguments: [key])
            wait = max(wait, (next ?? 0) - now)
        }
        guard wait <= 0 else {
            throw HubError.tooManyRequests(retryAfterSeconds: Int(wait / 1_000_000) + 1)
        }
        for (key, rule) in counters { try Self.count(key, rule, now, db) }
    }

    private static func count(_ key: Data, _ rule: Rule, _ now: Int64, _ db: Database) throws {
        let row = try Row.fetchOne(
            db, sql: "SELECT failures, last FROM login_attempt WHERE key = ?", arguments: [key])
        let quiet = max(0, now - (row?["last"] as Int64? ?? now)) / 1_000_000
        let known = max(0, (row?["failures"] as Int64? ?? 0) - quiet / rule.pardonSeconds)
        let failures = Int(known) + 1
        let next = now + rule.waitSeconds(afterFailures: failures) * 1_000_000
        try db.execute(
            sql: "INSERT OR REPLACE INTO login_attempt VALUES (?, ?, ?, ?)",
            arguments: [key, failures, now, next])
    }

    /// The attempt was a good one. Of the address it takes back no more than itself: whoever has an
    /// account must not clear what they tried at others.
    func clear(_ db: Database) throws {
        try pardonAddress(db)
        for key in cleared {
            try db.execute(sql: "DELETE FROM login_attempt WHERE key = ?", arguments: [key])
        }
    }

    /// This attempt alone was no failure of the address.
    func pardonAddress(_ db: Database) throws {
        try db.execute(
            sql: "UPDATE login_attempt SET failures = max(0, failures - 1), next = 0 WHERE key = ?",
            arguments: [addressKey])
    }
}
