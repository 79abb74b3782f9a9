import CatalogueStore
import HubStorage
import Hummingbird
import SwiftProtobuf
import SyncProtocol

/// What stations are told of the catalogue.
extension SyncRoutes {
    /// Changes that one page holds at most.
    static let catalogueLimit = 2000

    func catalogue(_ request: Request) async throws -> Response {
        let exchange = try await MessageExchange(reading: request)
        let station = try await gate.station(of: exchange)
        let query = Query(request)
        let since = Int64(try query.number("since", in: 0...Int.max) ?? 0)
        let limit =
            try query.number("max", in: 1...Self.catalogueLimit) ?? Self.catalogueLimit
        let changes = try await context.store.tenant(station.tenant)
            .catalogueChanges(after: since, limit: limit)
        guard changes.end > since || since == 0 else { return Response(status: .noContent) }
        return try exchange.answer(
            WireCataloguePage.with {
                $0.add(changes)
                $0.generation = context.store.registry.generation
                $0.hubTime = context.clock()
            })
    }
}

extension WireCataloguePage {
    mutating func add(_ changes: CatalogueChanges) {
        (position, head) = (UInt64(changes.end), UInt64(changes.head))
        for record in changes.records {
            switch record {
            case .item(let item): items.append(WireCatalogueItem(item))
            case .noItem(let key):
                items.append(.with { ($0.key, $0.deleted) = (key, true) })
            case .place(let place):
                places.append(
                    .with { ($0.code, $0.name, $0.kind) = (place.code, place.name, place.kind) })
            case .noPlace(let code):
                places.append(.with { ($0.code, $0.deleted) = (code, true) })
            case .lot(let lot):
                lots.append(
                    .with {
                        ($0.item, $0.lot) = (lot.item, lot.lot)
                        ($0.expiry, $0.recalled) = (lot.expiry, lot.isRecalled)
                    })
            case .noLot(let item, let lot):
                lots.append(.with { ($0.item, $0.lot, $0.deleted) = (item, lot, true) })
            }
        }
    }
}

extension WireCatalogueItem {
    fileprivate init(_ item: CatalogueItem) {
        self.init()
        (key, name, unit, description_p) = (item.key, item.name, item.unit, item.description)
        (tags, tracksExpiry) = (item.tags, item.tracksExpiry)
        codes = item.codes.map { pack in
            .with { ($0.code, $0.quantity) = (pack.code, pack.quantity == 1 ? 0 : pack.quantity) }
        }
    }
}
