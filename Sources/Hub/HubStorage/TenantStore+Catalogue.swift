public import CatalogueStore
import GRDB

/// The tenant's catalogue.
extension TenantStore {
    private static let catalogue = Catalogue()

    /// What changed after `position`. Throws when the catalogue never got there: it was put back.
    public func catalogueChanges(
        after position: Int64, limit: Int
    ) async throws -> CatalogueChanges {
        let changes = try await database.read {
            try Self.catalogue.changes(after: position, limit: limit, in: $0)
        }
        guard position <= changes.head else {
            throw HubError.catalogueGone(position, head: changes.head)
        }
        return changes
    }

    public func items(after key: String, limit: Int) async throws -> [CatalogueItem] {
        try await database.read { try Self.catalogue.items(after: key, limit: limit, in: $0) }
    }

    public func places(after code: String, limit: Int) async throws -> [CataloguePlace] {
        try await database.read { try Self.catalogue.places(after: code, limit: limit, in: $0) }
    }

    public func lots(
        after last: (item: String, lot: String), limit: Int
    ) async throws -> [CatalogueLot] {
        try await database.read { try Self.catalogue.lots(after: last, limit: limit, in: $0) }
    }

    public func searchCatalogue(_ text: String, limit: Int) async throws -> [CatalogueMatch] {
        try await database.read { try Self.catalogue.search(text, limit: limit, in: $0) }
    }

    /// What the items are called; those that the catalogue doesn't know are left out.
    public func itemNames(_ keys: Set<String>) async throws -> [String: String] {
        try await database.read { db in
            var names: [String: String] = [:]
            for key in keys { names[key] = try Self.catalogue.item(key: key, in: db)?.name }
            return names
        }
    }

    public func catalogueImports(limit: Int) async throws -> [ImportEntry] {
        try await database.read { try Self.catalogue.imports(limit: limit, in: $0) }
    }

    /// Takes in all rows that `rows` hands over, in one transaction. `isTrial`: only says what
    /// would come of it.
    public func importCatalogue(
        _ kind: SheetKind, file: String, now: Int64, isTrial: Bool,
        rows: @Sendable @escaping (_ take: (Int, [String]) throws -> Void) throws -> Void
    ) async throws -> CatalogueImport.Outcome {
        do {
            return try await write { db in
                var work = try CatalogueImport(kind, file: file, wallMicroseconds: now, in: db)
                try rows { try work.take(row: $0, $1) }
                let outcome = try work.finish()
                if isTrial { throw Trial(outcome: outcome) }
                return outcome
            }
        } catch let trial as Trial {
            var outcome = trial.outcome
            outcome.id = nil
            return outcome
        }
    }

    /// Takes the transaction back.
    private struct Trial: Error {
        var outcome: CatalogueImport.Outcome
    }

    public func undoCatalogueImport(_ id: Int64, now: Int64) async throws -> Catalogue.Undone {
        try await write { try Self.catalogue.undo(id, wallMicroseconds: now, in: $0) }
    }
}
