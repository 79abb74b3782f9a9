import GRDB
import Replication

/// A serial or a field of an item: what holds now, and all writes in force.
struct RegisterRow {
    static let schema = """
        CREATE TABLE register (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL,             -- the serial, or the item
            field TEXT NOT NULL,            -- of the item; of a serial: '#place'
            value TEXT,                     -- NULL when all writes were undone
            candidates INTEGER NOT NULL DEFAULT 0,
            UNIQUE (field, name)
        ) STRICT;
        CREATE INDEX register_conflict ON register (field, name) WHERE candidates > 1;
        CREATE TABLE register_write (
            register INTEGER NOT NULL,
            operation INTEGER NOT NULL,
            value TEXT NOT NULL,
            PRIMARY KEY (register, operation)
        ) STRICT, WITHOUT ROWID;
        """

    enum Name: Hashable {
        case serial(SerialCode)
        case attribute(AttributeKey)

        var columns: (name: String, field: String) {
            switch self {
            case .serial(let serial): (serial.rawValue, Name.serialField)
            case .attribute(let key): (key.item.rawValue, "." + key.field)
            }
        }

        static let serialField = "#place"
    }

    /// The register of that name, made if need be.
    static func id(of name: Name, _ db: Database) throws -> Int64 {
        if let known = try known(name, db) { return known }
        let (text, field) = name.columns
        try db.cachedStatement(sql: "INSERT INTO register (name, field) VALUES (?, ?)")
            .execute(arguments: [text, field])
        return db.lastInsertedRowID
    }

    static func known(_ name: Name, _ db: Database) throws -> Int64? {
        let (text, field) = name.columns
        let sql = "SELECT id FROM register WHERE field = ? AND name = ?"
        return try Int64.fetchOne(db.cachedStatement(sql: sql), arguments: [field, text])
    }

    static func insertWrite(
        _ register: Int64, by operation: Int64, _ value: String, _ db: Database
    ) throws {
        try db.cachedStatement(sql: "INSERT INTO register_write VALUES (?, ?, ?)")
            .execute(arguments: [register, operation, value])
    }

    static func deleteWrite(_ register: Int64, by operation: Int64, _ db: Database) throws {
        let sql = "DELETE FROM register_write WHERE register = ? AND operation = ?"
        try db.cachedStatement(sql: sql).execute(arguments: [register, operation])
    }

    static func load(
        _ register: Int64, _ role: Ledger.Role, _ db: Database
    ) throws -> Register<String> {
        let sql = """
            SELECT \(MarkColumns.select), value FROM register_write
            JOIN operation ON operation.id = register_write.operation
            JOIN incarnation ON incarnation.id = operation.incarnation
            WHERE register = ?
            """
        let rows = try Row.fetchCursor(db.cachedStatement(sql: sql), arguments: [register])
        var result = Register<String>()
        while let row = try rows.next() {
            result.insert(
                .init(mark: MarkColumns.mark(row, role), value: row[MarkColumns.count]))
        }
        return result
    }

    static func save(
        _ register: Int64, value: String?, candidates: Int, _ db: Database
    ) throws {
        let sql = "UPDATE register SET value = ?, candidates = ? WHERE id = ?"
        try db.cachedStatement(sql: sql).execute(arguments: [value, candidates, register])
    }
}
