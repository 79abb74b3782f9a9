public import GRDB

/// What codes, places and lots are called, on a database that it shares with a ledger.
///
/// A hub changes it, and gives each change the next position; a station applies what the hub
/// tells, in whatever pages, and ends up with the same rows.
public struct Catalogue: Sendable {
    public init() {}

    public static func registerMigrations(in migrator: inout DatabaseMigrator) {
        migrator.registerMigration("catalogue-1") { db in
            try db.execute(sql: ItemRow.schema)
            try db.execute(sql: PlaceRow.schema)
            try db.execute(sql: LotRow.schema)
            try db.execute(sql: SearchIndex.schema)
            try db.execute(sql: CatalogueState.schema)
        }
    }

    /// What only a hub needs.
    public static func registerHubMigrations(in migrator: inout DatabaseMigrator) {
        migrator.registerMigration("catalogue-imports") { try $0.execute(sql: ImportRow.schema) }
    }

    public func item(key: String, in db: Database) throws -> CatalogueItem? {
        guard let row = try ItemRow.one(key: key, db), !row.isDeleted else { return nil }
        return row.item
    }

    /// What a code means; a GTIN may come in any of its forms. An item's key means one of it.
    public func meaning(of code: String, in db: Database) throws -> CodeMeaning? {
        if let owner = try ItemRow.owner(of: ItemPack.normalised(code), db) {
            guard let row = try ItemRow.one(id: owner.id, db), !row.isDeleted else { return nil }
            return CodeMeaning(item: row.item, quantity: owner.quantity)
        }
        return try item(key: code, in: db).map { CodeMeaning(item: $0, quantity: 1) }
    }

    public func place(_ code: String, in db: Database) throws -> CataloguePlace? {
        try PlaceRow.one(code, db)
    }

    /// `item`: its key.
    public func lot(_ lot: String, of item: String, in db: Database) throws -> CatalogueLot? {
        try LotRow.one(item: item, lot: lot, db)
    }

    public func items(
        after key: String = "", limit: Int, in db: Database
    ) throws -> [CatalogueItem] {
        try ItemRow.all(after: key, limit: limit, db)
    }

    public func places(
        after code: String = "", limit: Int, in db: Database
    ) throws -> [CataloguePlace] {
        try PlaceRow.all(after: code, limit: limit, db)
    }

    public func lots(
        after last: (item: String, lot: String) = ("", ""), limit: Int, in db: Database
    ) throws -> [CatalogueLot] {
        try LotRow.all(after: last, limit: limit, db)
    }

    func put(_ record: CatalogueRecord, at stamp: Stamp, _ db: Database) throws {
        switch record {
        case .item(let item): try ItemRow.put(item, at: stamp, db)
        case .noItem(let key): try ItemRow.remove(key: key, at: stamp, db)
        case .place(let place): try PlaceRow.put(place, at: stamp, db)
        case .noPlace(let code):
            try PlaceRow.put(
                CataloguePlace(code: code, name: ""), isDeleted: true, at: stamp, db)
        case .lot(let lot): try LotRow.put(lot, at: stamp, db)
        case .noLot(let item, let lot):
            try LotRow.put(CatalogueLot(item: item, lot: lot), isDeleted: true, at: stamp, db)
        }
    }

    /// What there is about it now.
    func current(_ subject: CatalogueSubject, _ db: Database) throws -> CatalogueRecord {
        let record: CatalogueRecord? =
            switch subject {
            case .item(let key): try item(key: key, in: db).map { .item($0) }
            case .place(let code): try PlaceRow.one(code, db).map { .place($0) }
            case .lot(let item, let lot):
                try LotRow.one(item: item, lot: lot, db).map { .lot($0) }
            }
        return record ?? subject.absence
    }
}

/// Which item a code means, and how many of it.
public struct CodeMeaning: Sendable, Equatable {
    public var item: CatalogueItem
    public var quantity: Int64

    public init(item: CatalogueItem, quantity: Int64) {
        self.item = item
        self.quantity = quantity
    }
}
