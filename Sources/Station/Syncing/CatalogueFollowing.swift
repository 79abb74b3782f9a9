import CatalogueStore
import Replication
import StationStorage
import SyncProtocol

/// Brings what changed in the hub's catalogue, page by page.
struct CatalogueFollowing: Sendable {
    /// How often it is asked whether something changed.
    static let interval = Duration.seconds(25)
    /// Rows that one transaction takes, so that scans need not wait for long.
    static let pageLimit = 500
    /// How old the note may be that the copy is whole.
    private static let noteMicroseconds: Int64 = 600_000_000

    let store: StationStore
    let client: HubClient
    let clock: HubClock
    let generation: String
    let enrolment: Enrolment

    /// Another hub, tenant or restored database has another catalogue.
    private var source: String { "\(generation)/\(enrolment.tenant)" }

    /// Returns when this copy is whole. `progressed` is called after each page.
    func run(progressed: () -> Void) async throws {
        var isWhole = false
        while !isWhole {
            try Task.checkCancellation()
            isWhole = try await turn()
            progressed()
        }
        while try await store.write({ try $0.forgetOldCatalogue(limit: Self.pageLimit) }) {
            try Task.checkCancellation()
        }
    }

    /// true: there was no more.
    private func turn() async throws -> Bool {
        let position = try await position()
        do {
            guard let page = try await client.catalogue(after: position, limit: Self.pageLimit)
            else {
                try await noteWhole(at: position)
                return true
            }
            guard page.generation == generation else {
                throw SyncError.outOfStep("its database is another")
            }
            let changes = try CatalogueChanges(page)
            guard changes.end > position || changes.end == changes.head else {
                throw SyncError.nonsense("its catalogue stands still at \(position)")
            }
            try await take(changes, after: position)
            return changes.end == changes.head
        } catch SyncError.feedGone where position > 0 {
            try await store.write { [source] in try $0.beginCatalogue(of: source) }
            return false
        }
    }

    /// Writes that nothing changed, but not every time: it is a write to a card that wears.
    private func noteWhole(at position: Int64) async throws {
        let compared = try await store.read { try $0.catalogueStanding().comparedMicroseconds }
        if let compared, (0..<Self.noteMicroseconds).contains(clock.local - compared) { return }
        try await take(
            CatalogueChanges(records: [], end: position, head: position), after: position)
    }

    /// Where this copy stands; 0 when it is to begin anew.
    private func position() async throws -> Int64 {
        let standing = try await store.read { try $0.catalogueStanding() }
        guard standing.source != source else { return standing.position }
        try await store.write { [source] in try $0.beginCatalogue(of: source) }
        return 0
    }

    private func take(_ changes: CatalogueChanges, after position: Int64) async throws {
        let (now, source) = (clock.local, source)
        let isTaken = try await store.write { transaction in
            guard transaction.isEnrolled(as: enrolment) else { return false }
            return try transaction.apply(
                changes, after: position, of: source, wallMicroseconds: now)
        }
        guard isTaken else { throw SyncError.outOfStep("its catalogue was left meanwhile") }
    }
}

extension CatalogueChanges {
    /// What a hub sent, when it makes sense.
    fileprivate init(_ page: WireCataloguePage) throws(SyncError) {
        guard page.position <= page.head, page.head <= UInt64(Int64.max) else {
            throw .nonsense("its catalogue ends at \(page.head), before \(page.position)")
        }
        let items = page.items.map { item -> CatalogueRecord in
            item.deleted ? .noItem(key: item.key) : .item(CatalogueItem(item))
        }
        let places = page.places.map { place -> CatalogueRecord in
            place.deleted
                ? .noPlace(code: place.code)
                : .place(CataloguePlace(code: place.code, name: place.name, kind: place.kind))
        }
        let lots = page.lots.map { lot -> CatalogueRecord in
            lot.deleted
                ? .noLot(item: lot.item, lot: lot.lot)
                : .lot(
                    CatalogueLot(
                        item: lot.item, lot: lot.lot, expiry: lot.expiry,
                        isRecalled: lot.recalled))
        }
        self.init(
            records: items + places + lots, end: Int64(page.position), head: Int64(page.head))
    }
}

extension CatalogueItem {
    fileprivate init(_ wire: WireCatalogueItem) {
        self.init(
            key: wire.key, name: wire.name, unit: wire.unit, description: wire.description_p,
            tags: wire.tags, tracksExpiry: wire.tracksExpiry,
            codes: wire.codes.map {
                let quantity = min(max(1, $0.quantity), ItemPack.quantityLimit)
                return ItemPack(code: $0.code, quantity: quantity)
            })
    }
}
