public import CatalogueStore
import LedgerStore

extension StationReader {
    /// Runs a query of the catalogue on this state.
    public func catalogueStanding() throws -> CatalogueStanding {
        try Catalogue().standing(in: db)
    }

    public func searchCatalogue(_ text: String, limit: Int) throws -> [CatalogueMatch] {
        try Catalogue().search(text, limit: limit, in: db)
    }

    public func item(key: String) throws -> CatalogueItem? {
        try Catalogue().item(key: key, in: db)
    }

    public func cataloguePlace(_ code: String) throws -> CataloguePlace? {
        try Catalogue().place(code, in: db)
    }

    public func meaning(of code: String) throws -> CodeMeaning? {
        try TaughtCode.meaning(of: code, ledger, db)
    }

    public func lot(_ lot: String, of item: String) throws -> CatalogueLot? {
        try Catalogue().lot(lot, of: item, in: db)
    }
}

extension StationTransaction {
    /// What an item's code means by the catalogue, or else by what people taught.
    public func meaning(of code: String) throws -> CodeMeaning? {
        try TaughtCode.meaning(of: code, ledger, db)
    }

    /// By the catalogue alone.
    public func cataloguedMeaning(of code: String) throws -> CodeMeaning? {
        try Catalogue().meaning(of: code, in: db)
    }

    public func cataloguePlace(_ code: String) throws -> CataloguePlace? {
        try Catalogue().place(code, in: db)
    }

    public func lot(_ lot: String, of item: String) throws -> CatalogueLot? {
        try Catalogue().lot(lot, of: item, in: db)
    }

    /// Whether the hub ever told of a catalogue that has something in it.
    public func hasCatalogue() throws -> Bool {
        try Catalogue().standing(in: db).position > 0
    }

    public func apply(
        _ changes: CatalogueChanges, after position: Int64, of source: String,
        wallMicroseconds: Int64
    ) throws -> Bool {
        try Catalogue().apply(
            changes, after: position, of: source, wallMicroseconds: wallMicroseconds, in: db)
    }

    /// From now on the catalogue is another, which comes from its beginning.
    public func beginCatalogue(of source: String) throws {
        try Catalogue().begin(source, in: db)
    }

    /// false: nothing is left of a catalogue before.
    public func forgetOldCatalogue(limit: Int) throws -> Bool {
        try Catalogue().forgetOld(limit: limit, in: db)
    }
}
