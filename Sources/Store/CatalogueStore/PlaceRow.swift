import GRDB

/// Places and lots, and how those that are gone are remembered.
enum PlaceRow {
    static let schema = """
        CREATE TABLE catalogue_place (
            code TEXT PRIMARY KEY,
            position INTEGER NOT NULL,
            epoch INTEGER NOT NULL,
            deleted INTEGER NOT NULL,
            name TEXT NOT NULL,
            kind TEXT NOT NULL
        ) STRICT;
        CREATE INDEX catalogue_place_position ON catalogue_place (position);
        """

    static func one(_ code: String, _ db: Database) throws -> CataloguePlace? {
        let sql = "SELECT code, name, kind FROM catalogue_place WHERE code = ? AND NOT deleted"
        return try Row.fetchOne(db.cachedStatement(sql: sql), arguments: [code])
            .map { CataloguePlace(code: $0[0], name: $0[1], kind: $0[2]) }
    }

    static func all(after code: String, limit: Int, _ db: Database) throws -> [CataloguePlace] {
        let sql = """
            SELECT code, name, kind FROM catalogue_place
            WHERE code > ? AND NOT deleted ORDER BY code LIMIT ?
            """
        return try Row.fetchAll(db.cachedStatement(sql: sql), arguments: [code, limit])
            .map { CataloguePlace(code: $0[0], name: $0[1], kind: $0[2]) }
    }

    static func page(
        after position: Int64, limit: Int, _ db: Database
    ) throws -> [(position: Int64, record: CatalogueRecord)] {
        let sql = """
            SELECT position, deleted, code, name, kind FROM catalogue_place
            WHERE position > ? ORDER BY position LIMIT ?
            """
        return try Row.fetchAll(db.cachedStatement(sql: sql), arguments: [position, limit])
            .map { row in
                let place = CataloguePlace(code: row[2], name: row[3], kind: row[4])
                return (row[0], row[1] ? .noPlace(code: place.code) : .place(place))
            }
    }

    static func put(
        _ place: CataloguePlace, isDeleted: Bool = false, at stamp: Stamp, _ db: Database
    ) throws {
        let sql = "INSERT OR REPLACE INTO catalogue_place VALUES (?, ?, ?, ?, ?, ?)"
        try db.cachedStatement(sql: sql).execute(arguments: [
            place.code, stamp.position, stamp.epoch, isDeleted, place.name, place.kind,
        ])
    }
}

enum LotRow {
    static let schema = """
        CREATE TABLE catalogue_lot (
            item TEXT NOT NULL,             -- its key
            lot TEXT NOT NULL,
            position INTEGER NOT NULL,
            epoch INTEGER NOT NULL,
            deleted INTEGER NOT NULL,
            expiry TEXT NOT NULL,           -- 2027-03-31, or empty
            recalled INTEGER NOT NULL,
            PRIMARY KEY (item, lot)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX catalogue_lot_position ON catalogue_lot (position);
        """

    private static let columns = "item, lot, expiry, recalled"

    private static func lot(_ row: Row) -> CatalogueLot {
        CatalogueLot(item: row[0], lot: row[1], expiry: row[2], isRecalled: row[3])
    }

    static func one(item: String, lot: String, _ db: Database) throws -> CatalogueLot? {
        let sql = """
            SELECT \(columns) FROM catalogue_lot WHERE item = ? AND lot = ? AND NOT deleted
            """
        return try Row.fetchOne(db.cachedStatement(sql: sql), arguments: [item, lot])
            .map(Self.lot)
    }

    static func all(
        after last: (item: String, lot: String), limit: Int, _ db: Database
    ) throws -> [CatalogueLot] {
        let sql = """
            SELECT \(columns) FROM catalogue_lot
            WHERE (item, lot) > (?, ?) AND NOT deleted ORDER BY item, lot LIMIT ?
            """
        return try Row.fetchAll(
            db.cachedStatement(sql: sql), arguments: [last.item, last.lot, limit]
        ).map(Self.lot)
    }

    static func page(
        after position: Int64, limit: Int, _ db: Database
    ) throws -> [(position: Int64, record: CatalogueRecord)] {
        let sql = """
            SELECT \(columns), position, deleted FROM catalogue_lot
            WHERE position > ? ORDER BY position LIMIT ?
            """
        return try Row.fetchAll(db.cachedStatement(sql: sql), arguments: [position, limit])
            .map { row in
                let lot = lot(row)
                return (row[4], row[5] ? .noLot(item: lot.item, lot: lot.lot) : .lot(lot))
            }
    }

    static func put(
        _ lot: CatalogueLot, isDeleted: Bool = false, at stamp: Stamp, _ db: Database
    ) throws {
        let sql = "INSERT OR REPLACE INTO catalogue_lot VALUES (?, ?, ?, ?, ?, ?, ?)"
        try db.cachedStatement(sql: sql).execute(arguments: [
            lot.item, lot.lot, stamp.position, stamp.epoch, isDeleted, lot.expiry,
            lot.isRecalled,
        ])
    }
}
