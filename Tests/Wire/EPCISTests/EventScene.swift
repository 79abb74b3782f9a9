import Foundation
import Replication

@testable import EPCIS

/// A station's log, and the events that come of it.
struct EventScene {
    static let gtin: ItemCode = "04006381333931"
    static let pallet: PlaceCode = "00/340123450000000000"
    /// 2027-01-15T08:00:00Z, and a second more for every operation.
    static let start: Int64 = 1_800_000_000_000_000

    let mapping: EPCISMapping
    private(set) var log: [RankedOperation] = []

    init(_ settings: EPCISSettings = EPCISSettings(tenant: "main")) {
        mapping = EPCISMapping(settings)
    }

    @discardableResult
    mutating func make(_ kind: OperationKind, isRefused: Bool = false) -> OperationID {
        let id = OperationID(
            incarnation: Incarnation(rawValue: 0xA1B2_C3D4_E5F6_0718),
            sequence: UInt64(log.count) + 1)
        let time = Self.start + Int64(log.count) * 1_000_000
        log.append(
            RankedOperation(
                Operation(
                    id: id, station: "st-1", clock: HybridTime(rawValue: time), base: 0,
                    kind: kind),
                Standing(
                    position: UInt64(log.count) + 1, rank: time, isRefused: isRefused)))
        return id
    }

    /// The events of the whole log.
    var events: [EPCISEvent] {
        let all = Dictionary(uniqueKeysWithValues: log.map { ($0.operation.id, $0) })
        return log.flatMap { mapping.events(of: $0, related: all) }
    }

    /// The events of one operation alone.
    static func events(
        _ kind: OperationKind, _ settings: EPCISSettings = EPCISSettings(tenant: "main")
    ) -> [EPCISEvent] {
        var scene = EventScene(settings)
        scene.make(kind)
        return scene.events
    }

    var document: EPCISDocument { EPCISDocument(events, created: Self.start) }

    /// As a reader sees it.
    static func object(_ event: EPCISEvent) throws -> NSDictionary {
        let object = try JSONSerialization.jsonObject(with: Data(EPCISDocument.bytes(event)))
        return object as? NSDictionary ?? [:]
    }
}
