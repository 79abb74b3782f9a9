import FoundationEssentials
import GRDB
import Replication
import SyncProtocol

/// One line of the log. Only standing and refusal ever change.
struct OperationRow {
    static let schema = """
        CREATE TABLE operation (
            id INTEGER PRIMARY KEY,     -- at a hub: the position in the feed
            incarnation INTEGER NOT NULL,
            sequence INTEGER NOT NULL,
            clock INTEGER NOT NULL,
            base INTEGER NOT NULL,
            position INTEGER,           -- at a station: NULL until the hub has answered
            rank INTEGER NOT NULL,
            greatest_rank INTEGER,      -- at a hub: of the feed up to here
            refusal_code TEXT,
            refusal_message TEXT,
            device TEXT NOT NULL,
            operator TEXT NOT NULL,
            kind BLOB NOT NULL,
            chain BLOB NOT NULL,
            UNIQUE (incarnation, sequence)
        ) STRICT;
        CREATE INDEX operation_position ON operation (position) WHERE position IS NOT NULL;
        """

    var id: Int64
    var logged: LoggedOperation

    var mark: OperationMark { OperationMark(logged.ranked) }

    private static let columns = """
        operation.id, incarnation, sequence, clock, base, position, rank, refusal_code,
        refusal_message, device, operator, kind, chain, station
        """
    private static let columnCount = 14
    private static let join = "JOIN incarnation ON incarnation.id = operation.incarnation"
    private static let select = "SELECT \(columns) FROM operation \(join) "

    private static let selectOne = select + "WHERE incarnation = ? AND sequence = ?"

    init(_ row: Row, _ role: Ledger.Role) throws {
        id = row[0]
        let kindBytes = [UInt8](row[11] as Data)
        let position: Int64? = role == .hub ? row[0] : row[5]
        let code: String? = row[7]
        let content = try OperationKind.content(of: kindBytes)
        logged = LoggedOperation(
            operation: Operation(
                id: OperationID(
                    incarnation: Incarnation(rawValue: UInt64(bitPattern: row[1])),
                    sequence: UInt64(bitPattern: row[2])),
                station: StationCode(row[13] as String), clock: HybridTime(rawValue: row[3]),
                base: FeedPosition(bitPattern: row[4]), device: row[9], operator: row[10],
                kind: content.kind, amends: content.amends),
            standing: Standing(
                position: position.map { FeedPosition(bitPattern: $0) }, rank: row[6],
                isRefused: code != nil),
            kindBytes: kindBytes, chain: [UInt8](row[12] as Data),
            refusal: code.map { Refusal(code: $0, message: row[8] ?? "") })
    }

    static func one(_ id: OperationID, _ role: Ledger.Role, _ db: Database) throws
        -> OperationRow?
    {
        return try Row.fetchOne(
            db.cachedStatement(sql: selectOne), arguments: [id.incarnation.bits, id.sequenceBits]
        ).map { try OperationRow($0, role) }
    }

    static func all(
        of incarnation: Incarnation, after sequence: UInt64, limit: Int, _ role: Ledger.Role,
        _ db: Database
    ) throws -> [LoggedOperation] {
        let sql =
            select + "WHERE incarnation = ? AND sequence > ? ORDER BY sequence LIMIT ?"
        return try fetch(
            sql, [incarnation.bits, Int64(bitPattern: sequence), limit], role, db)
    }

    static func feed(
        after position: FeedPosition, limit: Int, limitBytes: Int, _ role: Ledger.Role,
        _ db: Database
    ) throws -> [LoggedOperation] {
        let column = role == .hub ? "operation.id" : "position"
        let sql = select + "WHERE \(column) > ? ORDER BY \(column) LIMIT ?"
        return try fetch(sql, [Int64(bitPattern: position), limit], role, db, limitBytes)
    }

    static func forEach(
        after start: FeedPosition, upTo end: FeedPosition, _ role: Ledger.Role, _ db: Database,
        _ body: (LoggedOperation) throws -> Void
    ) throws {
        let column = role == .hub ? "operation.id" : "position"
        let sql = select + "WHERE \(column) > ? AND \(column) <= ? ORDER BY \(column)"
        let rows = try Row.fetchCursor(
            db.cachedStatement(sql: sql),
            arguments: [Int64(clamping: start), Int64(clamping: end)])
        while let row = try rows.next() { try body(OperationRow(row, role).logged) }
    }

    /// The whole log in the order in which it came.
    static func everything(_ db: Database) throws -> RowCursor {
        try Row.fetchCursor(db, sql: select + "ORDER BY operation.id")
    }

    private static func fetch(
        _ sql: String, _ arguments: StatementArguments, _ role: Ledger.Role, _ db: Database,
        _ limitBytes: Int = .max
    ) throws -> [LoggedOperation] {
        let rows = try Row.fetchCursor(db.cachedStatement(sql: sql), arguments: arguments)
        var result: [LoggedOperation] = []
        var bytes = 0
        while bytes < limitBytes, let row = try rows.next() {
            let logged = try OperationRow(row, role).logged
            bytes += logged.kindBytes.count
            result.append(logged)
        }
        return result
    }

    /// The operations behind a cell's postings, the newest first, with what each posted.
    static func posted(
        to cell: Int64, limit: Int, _ role: Ledger.Role, _ db: Database
    ) throws -> [(OperationRow, Int64)] {
        let sql = """
            SELECT \(columns), quantity
            FROM posting JOIN operation ON operation.id = posting.operation \(join)
            WHERE cell = ? ORDER BY posting.operation DESC LIMIT ?
            """
        return try Row.fetchAll(db.cachedStatement(sql: sql), arguments: [cell, limit])
            .map { (try OperationRow($0, role), $0[columnCount]) }
    }

    /// The operations behind the lines that remain in a batch.
    static func lines(
        of batch: BatchCode, limit: Int, _ role: Ledger.Role, _ db: Database
    ) throws -> [OperationRow] {
        let sql = """
            SELECT \(columns)
            FROM batch_line JOIN operation ON operation.id = batch_line.operation \(join)
            WHERE batch = ? ORDER BY batch_line.operation LIMIT ?
            """
        return try Row.fetchAll(
            db.cachedStatement(sql: sql), arguments: [batch.rawValue, limit]
        ).map { try OperationRow($0, role) }
    }

    /// Answers with the greatest rank of the feed up to `base`.
    static func greatestRank(upTo base: FeedPosition, _ db: Database) throws -> Int64 {
        let sql = "SELECT greatest_rank FROM operation WHERE id <= ? ORDER BY id DESC LIMIT 1"
        return try Int64.fetchOne(
            db.cachedStatement(sql: sql), arguments: [Int64(clamping: base)]) ?? 0
    }

    /// nil: the operation was there already. Else its row, and whether an undo or a removal
    /// that names it came before it.
    static func insert(
        _ logged: LoggedOperation, _ role: Ledger.Role, _ db: Database
    ) throws -> (id: Int64, isAmended: Bool)? {
        let operation = logged.operation
        let position = logged.standing.position.map { Int64(bitPattern: $0) }
        let isAmended = try Bool.fetchOne(
            db.cachedStatement(sql: role == .hub ? hubInsert : stationInsert),
            arguments: [
                role == .hub ? position : nil, operation.id.incarnation.bits,
                operation.id.sequenceBits, operation.clock.rawValue,
                Int64(bitPattern: operation.base), role == .hub ? nil : position,
                logged.standing.rank, logged.refusal?.code, logged.refusal?.message,
                operation.device, operation.operator, Data(logged.kindBytes),
                Data(logged.chain),
            ])
        return isAmended.map { (db.lastInsertedRowID, $0) }
    }

    private static let stationInsert = insert(greatestRank: "NULL")
    private static let hubInsert = insert(
        greatestRank: """
            max(?7, coalesce((SELECT greatest_rank FROM operation WHERE id < ?1
                ORDER BY id DESC LIMIT 1), ?7))
            """)

    private static func insert(greatestRank: String) -> String {
        """
        INSERT INTO operation (id, incarnation, sequence, clock, base, position, rank,
            greatest_rank, refusal_code, refusal_message, device, operator, kind, chain)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, \(greatestRank), ?8, ?9, ?10, ?11, ?12, ?13)
        ON CONFLICT (incarnation, sequence) DO NOTHING
        RETURNING EXISTS (SELECT 1 FROM amendment
            WHERE amendment.incarnation = ?2 AND amendment.sequence = ?3)
        """
    }

    func rename(
        to new: OperationID, kindBytes: [UInt8], chain: [UInt8], _ db: Database
    ) throws {
        let sql = """
            UPDATE operation SET incarnation = ?, sequence = ?, kind = ?, chain = ? WHERE id = ?
            """
        try db.cachedStatement(sql: sql).execute(arguments: [
            new.incarnation.bits, new.sequenceBits, Data(kindBytes), Data(chain), id,
        ])
    }

    func delete(_ db: Database) throws {
        try db.cachedStatement(sql: "DELETE FROM operation WHERE id = ?").execute(arguments: [id])
    }

    static func update(_ chain: [UInt8], of id: OperationID, _ db: Database) throws {
        let sql = "UPDATE operation SET chain = ? WHERE incarnation = ? AND sequence = ?"
        try db.cachedStatement(sql: sql).execute(
            arguments: [Data(chain), id.incarnation.bits, id.sequenceBits])
    }

    /// Writes what the hub said of an operation.
    func update(_ standing: Standing, _ refusal: Refusal?, _ db: Database) throws {
        let sql = """
            UPDATE operation SET position = ?, rank = ?, refusal_code = ?, refusal_message = ?
            WHERE id = ?
            """
        try db.cachedStatement(sql: sql).execute(arguments: [
            standing.position.map { Int64(bitPattern: $0) }, standing.rank, refusal?.code,
            refusal?.message, id,
        ])
    }
}

/// The columns that an `OperationMark` is made of, for queries that join both tables.
enum MarkColumns {
    static let select = """
        operation.id, operation.incarnation, sequence, base, position, rank, station
        """
    static let join = """
        JOIN operation ON operation.id = operation
        JOIN incarnation ON incarnation.id = operation.incarnation
        """
    /// The first column behind these.
    static let count = 7

    static func mark(_ row: Row, _ role: Ledger.Role) -> OperationMark {
        let position: Int64? = role == .hub ? row[0] : row[4]
        return OperationMark(
            id: OperationID(
                incarnation: Incarnation(rawValue: UInt64(bitPattern: row[1])),
                sequence: UInt64(bitPattern: row[2])),
            station: StationCode(row[6] as String), base: FeedPosition(bitPattern: row[3]),
            position: position.map { FeedPosition(bitPattern: $0) }, rank: row[5])
    }
}
