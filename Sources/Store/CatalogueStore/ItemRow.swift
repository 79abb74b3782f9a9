import GRDB

/// An item as it is stored, with its codes beside it.
struct ItemRow {
    /// Rows stay when an item goes, so that those who follow are told.
    static let schema = """
        CREATE TABLE catalogue_item (
            id INTEGER PRIMARY KEY,
            key TEXT NOT NULL UNIQUE,
            position INTEGER NOT NULL,      -- of its last change
            epoch INTEGER NOT NULL,         -- in which it was last heard of
            deleted INTEGER NOT NULL,
            name TEXT NOT NULL,
            unit TEXT NOT NULL,
            description TEXT NOT NULL,
            tags TEXT NOT NULL,
            tracks_expiry INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX catalogue_item_position ON catalogue_item (position);
        CREATE TABLE catalogue_code (
            code TEXT PRIMARY KEY,          -- a GTIN in 14 digits
            item INTEGER NOT NULL,
            quantity INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX catalogue_code_item ON catalogue_code (item);
        """

    var id: Int64
    var isDeleted: Bool
    var item: CatalogueItem

    private static let columns =
        "id, deleted, key, name, unit, description, tags, tracks_expiry"

    private init(_ row: Row, _ db: Database) throws {
        id = row[0]
        isDeleted = row[1]
        item = CatalogueItem(
            key: row[2], name: row[3], unit: row[4], description: row[5], tags: row[6],
            tracksExpiry: row[7], codes: try Self.codes(of: row[0], db))
    }

    private static func codes(of id: Int64, _ db: Database) throws -> [ItemPack] {
        let sql = "SELECT code, quantity FROM catalogue_code WHERE item = ? ORDER BY code"
        return try Row.fetchAll(db.cachedStatement(sql: sql), arguments: [id])
            .map { ItemPack(code: $0[0], quantity: $0[1]) }
    }

    /// Also one that is gone.
    static func one(key: String, _ db: Database) throws -> ItemRow? {
        let sql = "SELECT \(columns) FROM catalogue_item WHERE key = ?"
        return try Row.fetchOne(db.cachedStatement(sql: sql), arguments: [key])
            .map { try ItemRow($0, db) }
    }

    static func one(id: Int64, _ db: Database) throws -> ItemRow? {
        let sql = "SELECT \(columns) FROM catalogue_item WHERE id = ?"
        return try Row.fetchOne(db.cachedStatement(sql: sql), arguments: [id])
            .map { try ItemRow($0, db) }
    }

    static func page(
        after position: Int64, limit: Int, _ db: Database
    ) throws -> [(position: Int64, record: CatalogueRecord)] {
        let sql = """
            SELECT \(columns), position FROM catalogue_item
            WHERE position > ? ORDER BY position LIMIT ?
            """
        return try Row.fetchAll(db.cachedStatement(sql: sql), arguments: [position, limit])
            .map { row in
                let stored = try ItemRow(row, db)
                return (
                    row[8], stored.isDeleted ? .noItem(key: stored.item.key) : .item(stored.item)
                )
            }
    }

    static func all(after key: String, limit: Int, _ db: Database) throws -> [CatalogueItem] {
        let sql = """
            SELECT \(columns) FROM catalogue_item
            WHERE key > ? AND NOT deleted ORDER BY key LIMIT ?
            """
        return try Row.fetchAll(db.cachedStatement(sql: sql), arguments: [key, limit])
            .map { try ItemRow($0, db).item }
    }

    /// Who has the code: the item's row, and how many of it the code stands for.
    static func owner(of code: String, _ db: Database) throws -> (id: Int64, quantity: Int64)? {
        let sql = "SELECT item, quantity FROM catalogue_code WHERE code = ?"
        return try Row.fetchOne(db.cachedStatement(sql: sql), arguments: [code])
            .map { ($0[0], $0[1]) }
    }
}

extension ItemRow {
    /// Puts the item in the place of what was there by its key.
    static func put(_ item: CatalogueItem, at stamp: Stamp, _ db: Database) throws {
        let old = try one(key: item.key, db)
        if let old { try unlist(old, db) }
        let sql = """
            INSERT INTO catalogue_item
                (key, position, epoch, deleted, name, unit, description, tags, tracks_expiry)
            VALUES (?, ?, ?, 0, ?, ?, ?, ?, ?)
            ON CONFLICT (key) DO UPDATE SET position = excluded.position,
                epoch = excluded.epoch, deleted = 0, name = excluded.name, unit = excluded.unit,
                description = excluded.description, tags = excluded.tags,
                tracks_expiry = excluded.tracks_expiry
            """
        try db.cachedStatement(sql: sql).execute(arguments: [
            item.key, stamp.position, stamp.epoch, item.name, item.unit, item.description,
            item.tags, item.tracksExpiry,
        ])
        let id = old?.id ?? db.lastInsertedRowID
        try SearchIndex.insert(item, id: id, db)
        let insertion = try db.cachedStatement(
            sql: "INSERT OR REPLACE INTO catalogue_code VALUES (?, ?, ?)")
        for pack in item.codes {
            try insertion.execute(arguments: [pack.code, id, pack.quantity])
        }
    }

    /// Keeps that there is no item by the key.
    static func remove(key: String, at stamp: Stamp, _ db: Database) throws {
        if let old = try one(key: key, db) { try unlist(old, db) }
        let sql = """
            INSERT INTO catalogue_item VALUES (NULL, ?, ?, ?, 1, '', '', '', '', 0)
            ON CONFLICT (key) DO UPDATE SET position = excluded.position,
                epoch = excluded.epoch, deleted = 1, name = '', unit = '', description = '',
                tags = '', tracks_expiry = 0
            """
        try db.cachedStatement(sql: sql).execute(
            arguments: [key, stamp.position, stamp.epoch])
    }

    private static func unlist(_ old: ItemRow, _ db: Database) throws {
        if !old.isDeleted { try SearchIndex.delete(old.item, id: old.id, db) }
        guard !old.item.codes.isEmpty else { return }
        try db.cachedStatement(sql: "DELETE FROM catalogue_code WHERE item = ?")
            .execute(arguments: [old.id])
    }

    /// Forgets up to `limit` that were not heard of in `epoch`; false: there are no more.
    static func forget(before epoch: Int64, limit: Int, _ db: Database) throws -> Bool {
        let sql = "SELECT \(columns) FROM catalogue_item WHERE epoch < ? LIMIT ?"
        let rows = try Row.fetchAll(db, sql: sql, arguments: [epoch, limit])
            .map { try ItemRow($0, db) }
        for row in rows {
            try unlist(row, db)
            try db.cachedStatement(sql: "DELETE FROM catalogue_item WHERE id = ?")
                .execute(arguments: [row.id])
        }
        return rows.count == limit
    }
}

/// When a row was changed and when it was last heard of.
struct Stamp {
    var position: Int64
    var epoch: Int64
}
