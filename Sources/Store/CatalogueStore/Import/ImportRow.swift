import FoundationEssentials
import GRDB

/// An import as a list shows it.
public struct ImportEntry: Sendable, Equatable {
    public var id: Int64
    public var file: String
    public var kind: String
    /// Microseconds since 1970.
    public var wallMicroseconds: Int64
    public var changed: Int
    public var isUndone: Bool
}

/// One import at the hub, with how everything was that it changed.
struct ImportRow {
    static let schema = """
        CREATE TABLE catalogue_import (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            file TEXT NOT NULL,
            kind TEXT NOT NULL,
            wall INTEGER NOT NULL,
            undone INTEGER NOT NULL         -- when, microseconds since 1970; 0: it was not
        ) STRICT;
        CREATE TABLE catalogue_before (
            import INTEGER NOT NULL,
            ordinal INTEGER NOT NULL,
            subject TEXT NOT NULL,
            record TEXT NOT NULL,           -- JSON: as it was
            position INTEGER NOT NULL,      -- that the import gave it
            PRIMARY KEY (import, subject)
        ) STRICT, WITHOUT ROWID;
        """

    let id: Int64
    let isUndone: Bool

    static func insert(
        file: String, kind: SheetKind, at wall: Int64, _ db: Database
    ) throws -> ImportRow {
        try db.execute(
            sql: "INSERT INTO catalogue_import (file, kind, wall, undone) VALUES (?, ?, ?, 0)",
            arguments: [file, kind.rawValue, wall])
        return ImportRow(id: db.lastInsertedRowID, isUndone: false)
    }

    static func one(_ id: Int64, _ db: Database) throws -> ImportRow? {
        try Row.fetchOne(
            db, sql: "SELECT undone FROM catalogue_import WHERE id = ?", arguments: [id]
        ).map { ImportRow(id: id, isUndone: $0[0] as Int64 != 0) }
    }

    static func entries(limit: Int, _ db: Database) throws -> [ImportEntry] {
        let sql = """
            SELECT id, file, kind, wall, undone,
                (SELECT count(*) FROM catalogue_before WHERE import = catalogue_import.id)
            FROM catalogue_import ORDER BY id DESC LIMIT ?
            """
        return try Row.fetchAll(db, sql: sql, arguments: [limit]).map {
            ImportEntry(
                id: $0[0], file: $0[1], kind: $0[2], wallMicroseconds: $0[3], changed: $0[5],
                isUndone: $0[4] as Int64 != 0)
        }
    }

    /// The first state counts: a sheet may speak of one thing in several rows.
    func note(_ before: CatalogueRecord, changedAt position: Int64, _ db: Database) throws {
        let sql = """
            INSERT INTO catalogue_before VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (import, subject) DO UPDATE SET position = excluded.position
            """
        try db.cachedStatement(sql: sql).execute(arguments: [
            id, position, "\(before.subject)", try Self.text(before), position,
        ])
    }

    func eachBackwards(
        _ db: Database, _ take: (CatalogueRecord, Int64) throws -> Void
    ) throws {
        let sql = """
            SELECT record, position FROM catalogue_before WHERE import = ? ORDER BY ordinal DESC
            """
        for row in try Row.fetchAll(db, sql: sql, arguments: [id]) {
            try take(try Self.record(row[0]), row[1])
        }
    }

    func markUndone(at wall: Int64, _ db: Database) throws {
        try db.execute(
            sql: "UPDATE catalogue_import SET undone = ? WHERE id = ?",
            arguments: [max(1, wall), id])
    }

    func delete(_ db: Database) throws {
        try db.execute(sql: "DELETE FROM catalogue_import WHERE id = ?", arguments: [id])
    }

    private static func text(_ record: CatalogueRecord) throws -> String {
        String(decoding: try JSONEncoder().encode(record), as: UTF8.self)
    }

    private static func record(_ text: String) throws -> CatalogueRecord {
        try JSONDecoder().decode(CatalogueRecord.self, from: Data(text.utf8))
    }
}
