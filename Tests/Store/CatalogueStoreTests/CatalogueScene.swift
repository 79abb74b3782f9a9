import GRDB
import Testing

@testable import CatalogueStore

/// A hub's catalogue, and stations that follow it, in memory.
struct CatalogueScene {
    let hub: DatabaseQueue
    let catalogue = Catalogue()

    init() throws {
        hub = try Self.database()
    }

    static func database() throws -> DatabaseQueue {
        var migrator = DatabaseMigrator()
        Catalogue.registerMigrations(in: &migrator)
        Catalogue.registerHubMigrations(in: &migrator)
        let queue = try DatabaseQueue()
        try migrator.migrate(queue)
        return queue
    }

    @discardableResult
    func change(_ record: CatalogueRecord) throws -> Int64? {
        try hub.write { try catalogue.change(record, in: $0) }
    }

    func search(_ text: String, limit: Int = 20) throws -> [CatalogueMatch] {
        try hub.read { try catalogue.search(text, limit: limit, in: $0) }
    }

    func keys(_ text: String) throws -> [String] { try search(text).map(\.item.key) }

    /// Takes all that is new over to a station, `limit` at once.
    func pull(to station: DatabaseQueue, limit: Int = 3, source: String = "hub") throws {
        while true {
            let position = try station.read { try catalogue.standing(in: $0).position }
            let changes = try hub.read {
                try catalogue.changes(after: position, limit: limit, in: $0)
            }
            let isTaken = try station.write {
                try catalogue.apply(
                    changes, after: position, of: source, wallMicroseconds: 7, in: $0)
            }
            #expect(isTaken)
            if changes.end == changes.head { return }
        }
    }

    static func all(_ queue: DatabaseQueue) throws -> [CatalogueRecord] {
        let catalogue = Catalogue()
        return try queue.read { db in
            try catalogue.items(limit: 1000, in: db).map { .item($0) }
                + catalogue.places(limit: 1000, in: db).map { .place($0) }
                + catalogue.lots(limit: 1000, in: db).map { .lot($0) }
        }
    }

    @discardableResult
    func take(
        _ kind: SheetKind = .items, _ rows: [[String]]
    ) throws -> CatalogueImport.Outcome {
        try hub.write { db in
            var work = try CatalogueImport(kind, file: "f.csv", wallMicroseconds: 1, in: db)
            for (index, row) in rows.enumerated() { try work.take(row: index + 1, row) }
            return try work.finish()
        }
    }
}
