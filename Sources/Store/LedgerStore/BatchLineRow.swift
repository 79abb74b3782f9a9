import GRDB
import Replication

/// The lines that remain in a batch. What each says stands in its operation.
enum BatchLineRow {
    static let schema = """
        CREATE TABLE batch_line (
            batch TEXT NOT NULL,
            operation INTEGER NOT NULL,
            PRIMARY KEY (batch, operation)
        ) STRICT, WITHOUT ROWID;
        """

    static func insert(_ batch: BatchCode, _ operation: Int64, _ db: Database) throws {
        try db.cachedStatement(sql: "INSERT OR IGNORE INTO batch_line VALUES (?, ?)")
            .execute(arguments: [batch.rawValue, operation])
    }

    static func delete(_ batch: BatchCode, _ operation: Int64, _ db: Database) throws {
        try db.cachedStatement(sql: "DELETE FROM batch_line WHERE batch = ? AND operation = ?")
            .execute(arguments: [batch.rawValue, operation])
    }
}
