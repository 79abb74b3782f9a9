import GRDB
import Replication

/// The balance of one key, the postings in force that it is the sum of, and its counts.
struct CellRow {
    static let schema = """
        CREATE TABLE cell (
            id INTEGER PRIMARY KEY,
            item TEXT NOT NULL,
            place TEXT NOT NULL,
            lot TEXT NOT NULL,
            total INTEGER NOT NULL,         -- of the postings in force
            count_operation INTEGER,        -- the count that stands
            count_quantity INTEGER NOT NULL DEFAULT 0,
            correction INTEGER NOT NULL DEFAULT 0,
            concurrent_sum INTEGER NOT NULL DEFAULT 0,
            concurrent_postings INTEGER NOT NULL DEFAULT 0,
            UNIQUE (item, place, lot)
        ) STRICT;
        CREATE INDEX cell_place ON cell (place, item, lot);
        CREATE INDEX cell_recount ON cell (item, place, lot) WHERE concurrent_postings > 0;
        CREATE TABLE posting (
            cell INTEGER NOT NULL,
            operation INTEGER NOT NULL,
            quantity INTEGER NOT NULL,
            PRIMARY KEY (cell, operation)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE cell_count (
            cell INTEGER NOT NULL,
            operation INTEGER NOT NULL,
            quantity INTEGER NOT NULL,
            PRIMARY KEY (cell, operation)
        ) STRICT, WITHOUT ROWID;
        """

    /// Less than nothing, where goods can lie.
    static let isShort = "total + correction < 0 AND place NOT IN ('outside', 'shipped')"

    /// For the list of conflicts: counts that the standing one has not seen, and shortages.
    static let conflictSchema = """
        ALTER TABLE cell ADD COLUMN unseen_counts INTEGER NOT NULL DEFAULT 0;
        CREATE INDEX cell_unseen_counts ON cell (item, place, lot)
            WHERE unseen_counts > 0 OR concurrent_postings > 0;
        CREATE INDEX cell_short ON cell (item, place, lot) WHERE \(isShort);
        """

    var id: Int64
    var stock: StockCell

    /// Adds to the total and answers with the cell and whether a count stands there.
    static func post(
        _ quantity: Int64, to key: StockKey, _ db: Database
    ) throws -> (id: Int64, isCounted: Bool) {
        let sql = """
            INSERT INTO cell (item, place, lot, total) VALUES (?, ?, ?, ?)
            ON CONFLICT (item, place, lot) DO UPDATE SET total = total + excluded.total
            RETURNING id, count_operation IS NOT NULL
            """
        let rows = try Row.fetchCursor(
            db.cachedStatement(sql: sql),
            arguments: [key.item.rawValue, key.place.rawValue, key.lot.rawValue, quantity])
        guard let row = try rows.next() else {
            throw LedgerError.damaged("no cell for \(key.item) at \(key.place)")
        }
        return (row[0], row[1])
    }

    private static let selectOne = """
        SELECT \(MarkColumns.select), total, count_quantity, correction, concurrent_sum,
            concurrent_postings
        FROM cell
        LEFT JOIN operation ON operation.id = count_operation
        LEFT JOIN incarnation ON incarnation.id = operation.incarnation
        WHERE cell.id = ?
        """

    static func one(_ id: Int64, _ role: Ledger.Role, _ db: Database) throws -> CellRow {
        let rows = try Row.fetchCursor(db.cachedStatement(sql: selectOne), arguments: [id])
        guard let row = try rows.next() else { throw LedgerError.damaged("no cell \(id)") }
        return CellRow(id: id, stock: StockCell(row, role))
    }

    static func id(of key: StockKey, _ db: Database) throws -> Int64? {
        let sql = "SELECT id FROM cell WHERE item = ? AND place = ? AND lot = ?"
        return try Int64.fetchOne(
            db.cachedStatement(sql: sql),
            arguments: [key.item.rawValue, key.place.rawValue, key.lot.rawValue])
    }

    func save(count operation: Int64?, _ db: Database) throws {
        let sql = """
            UPDATE cell SET total = ?, count_operation = ?, count_quantity = ?, correction = ?,
                concurrent_sum = ?, concurrent_postings = ? WHERE id = ?
            """
        let count = stock.count
        try db.cachedStatement(sql: sql).execute(arguments: [
            stock.total, operation, count?.quantity ?? 0, count?.correction ?? 0,
            count?.concurrentSum ?? 0, count?.concurrentPostings ?? 0, id,
        ])
    }

    static func saveUnseenCounts(_ count: Int, cell: Int64, _ db: Database) throws {
        // Most cells have none, and keep none.
        let sql = "UPDATE cell SET unseen_counts = ?1 WHERE id = ?2 AND unseen_counts <> ?1"
        try db.cachedStatement(sql: sql).execute(arguments: [count, cell])
    }

    /// Writes what a posting changed: the standing count is the same one.
    func saveSums(_ db: Database) throws {
        let sql = """
            UPDATE cell SET total = ?, correction = ?, concurrent_sum = ?,
                concurrent_postings = ? WHERE id = ?
            """
        let count = stock.count
        try db.cachedStatement(sql: sql).execute(arguments: [
            stock.total, count?.correction ?? 0, count?.concurrentSum ?? 0,
            count?.concurrentPostings ?? 0, id,
        ])
    }
}

extension StockCell {
    /// From the columns of a mark, total, count, correction and what was concurrent.
    init(_ row: Row, _ role: Ledger.Role) {
        let next = MarkColumns.count
        let total: Int64 = row[next]
        guard row[0] as Int64? != nil else {
            self.init(total: total)
            return
        }
        self.init(
            total: total,
            count: StandingCount(
                mark: MarkColumns.mark(row, role), quantity: row[next + 1],
                correction: row[next + 2], concurrentSum: row[next + 3],
                concurrentPostings: row[next + 4]))
    }
}

/// One side of an operation, in force.
struct PostingRow {
    var mark: OperationMark
    var quantity: Int64

    static func insert(
        _ operation: Int64, near: Int64, _ quantity: Int64, far: Int64, _ db: Database
    ) throws {
        try db.cachedStatement(sql: "INSERT INTO posting VALUES (?1, ?2, ?3), (?4, ?2, ?5)")
            .execute(arguments: [near, operation, quantity, far, 0 - quantity])
    }

    static func insertOne(
        _ operation: Int64, cell: Int64, _ quantity: Int64, _ db: Database
    ) throws {
        try db.cachedStatement(sql: "INSERT INTO posting VALUES (?, ?, ?)")
            .execute(arguments: [cell, operation, quantity])
    }

    static func delete(_ operation: Int64, cell: Int64, _ db: Database) throws {
        try db.cachedStatement(sql: "DELETE FROM posting WHERE cell = ? AND operation = ?")
            .execute(arguments: [cell, operation])
    }

    private static let hubSelect = select(after: "posting.operation > ?")
    private static let stationSelect = select(after: "(position IS NULL OR position > ?)")

    private static func select(after condition: String) -> String {
        """
        SELECT \(MarkColumns.select), quantity FROM posting
        JOIN operation ON operation.id = posting.operation
        JOIN incarnation ON incarnation.id = operation.incarnation
        WHERE cell = ? AND \(condition)
        """
    }

    /// Those that the feed up to `base` doesn't hold. At a hub these are the end of the cell's
    /// rows; a station looks at them all.
    static func after(
        _ base: FeedPosition, cell: Int64, _ role: Ledger.Role, _ db: Database
    ) throws -> [PostingRow] {
        let sql = role == .hub ? hubSelect : stationSelect
        let rows = try Row.fetchCursor(
            db.cachedStatement(sql: sql), arguments: [cell, Int64(clamping: base)])
        var result: [PostingRow] = []
        while let row = try rows.next() {
            result.append(
                PostingRow(
                    mark: MarkColumns.mark(row, role), quantity: row[MarkColumns.count]))
        }
        return result
    }
}

/// One count of a cell, in force.
struct CountRow {
    var operation: Int64
    var mark: OperationMark
    var quantity: Int64

    func insert(cell: Int64, _ db: Database) throws {
        try db.cachedStatement(sql: "INSERT INTO cell_count VALUES (?, ?, ?)")
            .execute(arguments: [cell, operation, quantity])
    }

    static func delete(_ operation: Int64, cell: Int64, _ db: Database) throws {
        try db.cachedStatement(sql: "DELETE FROM cell_count WHERE cell = ? AND operation = ?")
            .execute(arguments: [cell, operation])
    }

    private static let hubUnseen = selectUnseen("cell_count.operation > ?")
    private static let stationUnseen = selectUnseen("(position IS NULL OR position > ?)")

    private static func selectUnseen(_ condition: String) -> String {
        """
        SELECT \(MarkColumns.select), quantity FROM cell_count
        JOIN operation ON operation.id = cell_count.operation
        JOIN incarnation ON incarnation.id = operation.incarnation
        WHERE cell = ? AND \(condition)
        """
    }

    /// Those that the feed up to `base` doesn't hold.
    static func after(
        _ base: FeedPosition, cell: Int64, _ role: Ledger.Role, _ db: Database
    ) throws -> [CountRow] {
        let sql = role == .hub ? hubUnseen : stationUnseen
        return try Row.fetchAll(
            db.cachedStatement(sql: sql), arguments: [cell, Int64(clamping: base)]
        ).map {
            CountRow(
                operation: $0[0], mark: MarkColumns.mark($0, role),
                quantity: $0[MarkColumns.count])
        }
    }

    private static let selectHighest = """
        SELECT \(MarkColumns.select), quantity FROM cell_count
        JOIN operation ON operation.id = cell_count.operation
        JOIN incarnation ON incarnation.id = operation.incarnation
        WHERE cell = ? ORDER BY rank DESC
        """

    static func highest(cell: Int64, _ role: Ledger.Role, _ db: Database) throws -> CountRow? {
        let rows = try Row.fetchCursor(db.cachedStatement(sql: selectHighest), arguments: [cell])
        var highest: CountRow?
        while let row = try rows.next() {
            let mark = MarkColumns.mark(row, role)
            if let highest, mark.rank < highest.mark.rank { break }
            if let highest, mark.yields(to: highest.mark) { continue }
            highest = CountRow(operation: row[0], mark: mark, quantity: row[MarkColumns.count])
        }
        return highest
    }
}
