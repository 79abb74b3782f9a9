public import Accounts
public import Foundation
import GRDB

/// The log of what people did: only ever appended to, each entry chained to all before it.
enum ActivityRow {
    static let schema = """
        CREATE TABLE activity (
            number INTEGER PRIMARY KEY, time INTEGER NOT NULL, tenant TEXT NOT NULL,
            who TEXT NOT NULL, address TEXT NOT NULL, kind TEXT NOT NULL, detail TEXT NOT NULL,
            chain BLOB NOT NULL
        ) STRICT;
        CREATE INDEX activity_tenant ON activity (tenant, number);
        CREATE TRIGGER activity_is_not_changed BEFORE UPDATE ON activity
            BEGIN SELECT RAISE(ABORT, 'the log is only appended to'); END;
        CREATE TRIGGER activity_is_not_deleted BEFORE DELETE ON activity
            BEGIN SELECT RAISE(ABORT, 'the log is only appended to'); END;
        """

    static func append(
        _ kind: Activity.Kind, _ detail: String, tenant: String, by author: Author, now: Int64,
        _ db: Database
    ) throws {
        let last = try Row.fetchOne(
            db, sql: "SELECT number, chain FROM activity ORDER BY number DESC LIMIT 1")
        let entry = Activity(
            number: (last?["number"] as Int64? ?? 0) + 1, time: now, tenant: tenant,
            who: author.name, address: author.address, kind: kind, detail: detail)
        let chain = entry.chain(after: last?["chain"] as Data? ?? Activity.chainStart)
        try db.execute(
            sql: "INSERT INTO activity VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            arguments: [
                entry.number, entry.time, tenant, entry.who, entry.address, kind.rawValue, detail,
                chain,
            ])
    }

    static func entry(_ row: Row) -> Activity {
        Activity(
            number: row["number"], time: row["time"], tenant: row["tenant"], who: row["who"],
            address: row["address"], kind: .init(rawValue: row["kind"]), detail: row["detail"])
    }

    /// Of one tenant, the newest first; `before`: only those with a smaller number.
    static func page(
        of tenant: String, before number: Int64, limit: Int, _ db: Database
    ) throws -> [Activity] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT * FROM activity WHERE tenant = ? AND number < ?
                ORDER BY number DESC LIMIT ?
                """,
            arguments: [tenant, number, limit]
        ).map(entry)
    }

    /// Throws `AccountError.logBroken` at the first entry that is not what was written.
    static func verify(_ db: Database) throws -> ActivityHead {
        var head = ActivityHead(number: 0, chain: Activity.chainStart)
        let rows = try Row.fetchCursor(db, sql: "SELECT * FROM activity ORDER BY number")
        while let row = try rows.next() {
            let entry = entry(row)
            let chain = entry.chain(after: head.chain)
            guard entry.number == head.number + 1, chain == row["chain"] as Data else {
                throw AccountError.logBroken(head.number + 1)
            }
            head = ActivityHead(number: entry.number, chain: chain)
        }
        return head
    }

    static func chain(at number: Int64, _ db: Database) throws -> Data? {
        guard number > 0 else { return Activity.chainStart }
        return try Data.fetchOne(
            db, sql: "SELECT chain FROM activity WHERE number = ?", arguments: [number])
    }
}

/// The end of the log. Written down elsewhere, it shows later that nothing was cut off or made anew.
public struct ActivityHead: Sendable, Equatable {
    public var number: Int64
    public var chain: Data

    public init(number: Int64, chain: Data) {
        (self.number, self.chain) = (number, chain)
    }

    /// `42:0a1b...`, in 64 hexadecimal digits. nil: not of this form.
    public init?(_ text: String) {
        let parts = text.split(separator: ":")
        guard parts.count == 2, let number = Int64(parts[0]), number >= 0, parts[1].count == 64
        else { return nil }
        let digits = parts[1].compactMap(\.hexDigitValue)
        guard digits.count == 64 else { return nil }
        self.number = number
        chain = Data(stride(from: 0, to: 64, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) })
    }

    public var text: String { "\(number):\(chain.hexText)" }
}

extension Registry {
    /// Adds to the log what somebody did.
    public func note(
        _ kind: Activity.Kind, _ detail: String = "", tenant: String, by author: Author, now: Int64
    ) async throws {
        try await database.write {
            try ActivityRow.append(kind, detail, tenant: tenant, by: author, now: now, $0)
        }
    }

    /// What was done in a tenant, the newest first.
    public func activities(
        of tenant: String, before number: Int64 = .max, limit: Int
    ) async throws -> [Activity] {
        try await database.read {
            try ActivityRow.page(of: tenant, before: number, limit: limit, $0)
        }
    }

    /// Goes through all of the log. Throws `AccountError.logBroken` where it is not what was written,
    /// or doesn't hold `known`.
    public func verifyActivities(since known: ActivityHead? = nil) async throws -> ActivityHead {
        try await database.read { db in
            let head = try ActivityRow.verify(db)
            if let known, try ActivityRow.chain(at: known.number, db) != known.chain {
                throw AccountError.logBroken(known.number)
            }
            return head
        }
    }
}
