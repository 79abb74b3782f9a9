import GRDB
import Replication

/// What was ordered and picked for a line of an order, and the picks in force.
enum OrderLineRow {
    static let schema = """
        CREATE TABLE order_line (
            line TEXT PRIMARY KEY,
            ordered INTEGER NOT NULL DEFAULT 0,
            picked INTEGER NOT NULL DEFAULT 0
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX order_line_over ON order_line (line) WHERE picked > ordered;
        CREATE TABLE pick (
            line TEXT NOT NULL,
            operation INTEGER NOT NULL,
            quantity INTEGER NOT NULL,
            PRIMARY KEY (line, operation)
        ) STRICT, WITHOUT ROWID;
        """

    static func setOrdered(
        _ quantity: Int64, _ line: OrderLineCode, _ db: Database
    ) throws {
        let sql = """
            INSERT INTO order_line (line, ordered) VALUES (?, ?)
            ON CONFLICT DO UPDATE SET ordered = excluded.ordered
            """
        try db.cachedStatement(sql: sql).execute(arguments: [line.rawValue, quantity])
    }

    static func add(_ quantity: Int64, to line: OrderLineCode, _ db: Database) throws {
        let sql = """
            INSERT INTO order_line (line, picked) VALUES (?, ?)
            ON CONFLICT DO UPDATE SET picked = picked + excluded.picked
            """
        try db.cachedStatement(sql: sql).execute(arguments: [line.rawValue, quantity])
    }

    static func insertPick(
        _ quantity: Int64, _ line: OrderLineCode, by operation: Int64, _ db: Database
    ) throws {
        try db.cachedStatement(sql: "INSERT INTO pick VALUES (?, ?, ?)")
            .execute(arguments: [line.rawValue, operation, quantity])
    }

    static func deletePick(_ line: OrderLineCode, by operation: Int64, _ db: Database) throws {
        try db.cachedStatement(sql: "DELETE FROM pick WHERE line = ? AND operation = ?")
            .execute(arguments: [line.rawValue, operation])
    }

    static func picks(
        _ line: OrderLineCode, _ role: Ledger.Role, _ db: Database
    ) throws -> PickLine {
        let sql = """
            SELECT \(MarkColumns.select), quantity FROM pick
            JOIN operation ON operation.id = pick.operation
            JOIN incarnation ON incarnation.id = operation.incarnation
            WHERE line = ?
            """
        let rows = try Row.fetchCursor(
            db.cachedStatement(sql: sql), arguments: [line.rawValue])
        var picks: [PickLine.Pick] = []
        while let row = try rows.next() {
            picks.append(
                .init(mark: MarkColumns.mark(row, role), quantity: row[MarkColumns.count]))
        }
        return PickLine(picks: picks)
    }
}
