public import GRDB
import Replication

extension Ledger {
    /// While all is written anew, in KiB.
    private static let rebuildCacheKibibytes = 256 * 1024

    /// Works out anew, from the log alone, all that follows from it, and writes that in place of
    /// what was there. Answers with what was otherwise before, at most `differencesLimit` of it:
    /// nothing, unless a fault of the disk or of this program came between.
    ///
    /// For a database that nobody else writes to. In one transaction, so all of it or nothing.
    public func rebuild(differencesLimit: Int = 100, in db: Database) throws -> [String] {
        let cache = try Int.fetchOne(db, sql: "PRAGMA cache_size") ?? 0
        try db.execute(sql: "PRAGMA cache_size = -\(Self.rebuildCacheKibibytes)")
        defer {
            // A cache that stays large does no harm.
            try? db.execute(sql: "PRAGMA cache_size = \(cache)")
        }
        for projection in Projection.all { try projection.keep(db) }
        for projection in Projection.all { try projection.clear(db) }
        try refold(db)
        var differences: [String] = []
        for projection in Projection.all {
            differences += try projection.differences(limit: differencesLimit, db)
            try projection.forget(db)
        }
        return Array(differences.prefix(differencesLimit))
    }

    /// What is otherwise than the log says; changes nothing.
    public func check(differencesLimit: Int = 100, in db: Database) throws -> [String] {
        var differences: [String] = []
        try db.inSavepoint {
            differences = try rebuild(differencesLimit: differencesLimit, in: db)
            return .rollback
        }
        return differences
    }

    /// What amends others comes first: in the log it may stand before what it amends.
    private func refold(_ db: Database) throws {
        try forEachInForce(db) { entry in
            guard case .undo(let target, let level) = entry.kind else { return }
            try AmendmentRow.insert(of: target, by: entry.id, level: level, db)
        }
        try forEachInForce(db) { entry in
            guard case .batchRemove(_, let lines) = entry.kind,
                try !AmendmentRow.sum(of: entry.mark.id, db).isUndone
            else { return }
            for line in lines { try AmendmentRow.insert(of: line, by: entry.id, level: nil, db) }
        }
        try forEachInForce(db) { entry in
            switch entry.kind {
            case .undo, .batchRemove: break
            default: try project(entry, try AmendmentRow.sum(of: entry.mark.id, db), db)
            }
        }
    }

    private func forEachInForce(_ db: Database, _ body: (LedgerEntry) throws -> Void) throws {
        let rows = try OperationRow.everything(db)
        while let row = try rows.next() {
            let row = try OperationRow(row, role)
            if !row.logged.isRefused { try body(LedgerEntry(row.id, row.logged)) }
        }
    }
}

/// A table that follows from the log, and how its rows are told apart whatever their numbers.
private struct Projection {
    let table: String
    /// What is compared. Rows that say nothing are left out: a refused operation may leave the
    /// name of a key of which nothing is there.
    let content: String
    let clearing: String

    init(_ table: String, _ content: String, clearing: String? = nil) {
        self.table = table
        self.content = content
        self.clearing = clearing ?? "DELETE FROM \(table)"
    }

    /// Those that name rows of others stand before these.
    static let all = [
        Projection(
            "posting",
            """
            SELECT item, place, lot, posting.operation, quantity
            FROM posting JOIN cell ON cell.id = cell
            """),
        Projection(
            "cell_count",
            """
            SELECT item, place, lot, cell_count.operation, quantity
            FROM cell_count JOIN cell ON cell.id = cell
            """),
        Projection(
            "cell",
            """
            SELECT item, place, lot, total, count_operation, count_quantity, correction,
                concurrent_sum, concurrent_postings
            FROM cell WHERE total <> 0 OR count_operation IS NOT NULL
            """),
        Projection(
            "register_write",
            """
            SELECT name, field, operation, register_write.value
            FROM register_write JOIN register ON register.id = register
            """),
        Projection(
            "register",
            "SELECT name, field, value, candidates FROM register WHERE value IS NOT NULL"),
        Projection("pick", "SELECT line, operation, quantity FROM pick"),
        // What was ordered doesn't follow from the log.
        Projection(
            "order_line", "SELECT line, picked FROM order_line WHERE picked <> 0",
            clearing: "UPDATE order_line SET picked = 0"),
        Projection("batch_line", "SELECT batch, operation FROM batch_line"),
        Projection("amendment", "SELECT incarnation, sequence, operation, level FROM amendment"),
    ]

    private var kept: String { "temp.kept_\(table)" }

    func keep(_ db: Database) throws {
        try db.execute(sql: "CREATE TABLE \(kept) AS \(content)")
    }

    func clear(_ db: Database) throws {
        try db.execute(sql: clearing)
    }

    func differences(limit: Int, _ db: Database) throws -> [String] {
        try rows("SELECT * FROM \(kept) EXCEPT \(content)", limit, db).map {
            "\(table): \($0) was there and doesn't follow"
        }
            + rows("\(content) EXCEPT SELECT * FROM \(kept)", limit, db).map {
                "\(table): \($0) follows and wasn't there"
            }
    }

    private func rows(_ sql: String, _ limit: Int, _ db: Database) throws -> [String] {
        try Row.fetchAll(db, sql: sql + " LIMIT \(limit)").map { row in
            row.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
        }
    }

    func forget(_ db: Database) throws {
        try db.execute(sql: "DROP TABLE \(kept)")
    }
}
