public import Batches
import FoundationEssentials
import GRDB
import LedgerStore
public import Replication

/// The expected lists that this station was given.
enum ExpectedListRow {
    static let schema = """
        CREATE TABLE expected_list (
            number INTEGER PRIMARY KEY,     -- in the order in which they were given
            code TEXT NOT NULL UNIQUE,
            content TEXT NOT NULL,          -- JSON
            given INTEGER NOT NULL          -- microseconds since 1970
        ) STRICT;
        """

    /// What the rows of other types need since there are lists.
    static let othersSchema = """
        ALTER TABLE workflow_state ADD COLUMN context TEXT NOT NULL DEFAULT '';
        ALTER TABLE batch ADD COLUMN list TEXT NOT NULL DEFAULT '';
        CREATE INDEX batch_list ON batch (list) WHERE list <> '';
        """

    static func one(_ code: String, _ db: Database) throws -> GivenList? {
        let sql = "SELECT content, given FROM expected_list WHERE code = ?"
        return try Row.fetchOne(db, sql: sql, arguments: [code]).map { try list($0, code) }
    }

    static func all(limit: Int, _ db: Database) throws -> [GivenList] {
        let sql = "SELECT content, given, code FROM expected_list ORDER BY number DESC LIMIT ?"
        return try Row.fetchAll(db, sql: sql, arguments: [limit]).map { try list($0, $0[2]) }
    }

    private static func list(_ row: Row, _ code: String) throws -> GivenList {
        do {
            let content = Data((row[0] as String).utf8)
            return GivenList(
                list: try JSONDecoder().decode(ExpectedList.self, from: content),
                givenMicroseconds: row[1])
        } catch {
            throw StoreError.damaged("expected list \(code)")
        }
    }

    static func save(_ list: ExpectedList, at wall: Int64, _ db: Database) throws {
        let content = String(decoding: try JSONEncoder().encode(list), as: UTF8.self)
        try db.execute(
            sql: """
                INSERT INTO expected_list (code, content, given) VALUES (?, ?, ?)
                ON CONFLICT DO UPDATE SET content = excluded.content, given = excluded.given
                """, arguments: [list.code, content, wall])
        try db.execute(
            sql: """
                DELETE FROM expected_list WHERE number NOT IN (
                    SELECT number FROM expected_list ORDER BY number DESC LIMIT ?)
                """, arguments: [GivenList.countLimit])
    }
}

/// A list, and when it came.
public struct GivenList: Sendable, Equatable {
    /// How many are kept; the oldest go first.
    public static let countLimit = 500

    public var list: ExpectedList
    /// Microseconds since 1970.
    public var givenMicroseconds: Int64
}

extension StationReader {
    public func expectedList(_ code: String) throws -> GivenList? {
        try ExpectedListRow.one(code, db)
    }

    /// The newest first.
    public func expectedLists(limit: Int) throws -> [GivenList] {
        try ExpectedListRow.all(limit: limit, db)
    }

    /// The batches that were scanned for a list and are not cancelled, the oldest first.
    public func batches(for list: String) throws -> [BatchRecord] {
        try BatchRecord.fetch(list: list, db)
    }

    /// The lines that remain in a batch.
    public func lines(
        of batch: BatchCode, limit: Int
    ) throws -> [(id: OperationID, line: BatchLine)] {
        try ledger.batchLines(batch, limit: limit, in: db)
    }
}

extension StationTransaction {
    /// The same state, for reading.
    public var reader: StationReader { StationReader(db: db, ledger: ledger) }

    /// Takes the place of a list of the same code.
    public func give(_ list: ExpectedList, wallMicroseconds: Int64) throws {
        try ExpectedListRow.save(list, at: wallMicroseconds, db)
    }
}
