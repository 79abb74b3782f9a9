import GRDB
import Glibc

/// How the database itself stands, whatever it holds.
extension StationReader {
    /// Rows of each table of ours.
    public func rowCounts() throws -> [String: Int] {
        let tables = try String.fetchAll(
            db,
            sql: """
                SELECT name FROM sqlite_schema
                WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'grdb_%'
                """)
        var counts: [String: Int] = [:]
        for table in tables {
            counts[table] = try Int.fetchOne(
                db, sql: "SELECT count(*) FROM \(table.quotedDatabaseIdentifier)")
        }
        return counts
    }

    /// What SQLite finds wrong with the file; nil: nothing. Reads all of it, but no index twice.
    public func damage() throws -> String? {
        let found = try String.fetchOne(db, sql: "PRAGMA quick_check(1)")
        return found == "ok" ? nil : found ?? "the check answered nothing"
    }
}

extension StationStore {
    /// Of the database and its log, on the disk.
    public var lengthBytes: UInt64 {
        ["", "-wal"].reduce(0) { sum, suffix in
            var status = stat()
            // A log that is not there has no length.
            guard stat(path + suffix, &status) == 0 else { return sum }
            return sum + UInt64(status.st_size)
        }
    }
}
