public import HubStorage
import LedgerStore
public import Replication
public import Reporting

/// `GET /v1/conflicts`: where stations said different things without knowing of each other.
public struct ConflictReport: Codable, Sendable {
    public var recounts: [StockReport]
    public var serials: [SerialReport]
    public var attributes: [Attribute]
    public var overPicks: [OverPick]
    /// All of them, with who said what and what can be done.
    public var conflicts: [ConflictEntry] = []

    public struct Attribute: Codable, Sendable {
        public var item: String
        public var field: String
        /// What holds.
        public var value: String
        /// All that was said, the value among them.
        public var siblings: [String]
    }

    public struct OverPick: Codable, Sendable {
        public var orderLine: String
        /// Picked beyond what was ordered.
        public var excess: Int64
    }

    public init(_ conflicts: Conflicts) {
        recounts = conflicts.recounts.map(StockReport.init)
        serials = conflicts.serials.map { SerialReport($0.serial, $0.placement) }
        attributes = conflicts.attributes.map {
            Attribute(
                item: $0.key.item.rawValue, field: $0.key.field, value: $0.value.value,
                siblings: $0.value.siblings.sorted())
        }
        overPicks = conflicts.overPicks.map {
            OverPick(orderLine: $0.line.rawValue, excess: $0.excess)
        }
    }
}

/// `GET /v1/serials/{serial}`.
public struct SerialReport: Codable, Sendable {
    public var serial: String
    public var place: String
    /// More than one: a conflict.
    public var contested: [String]

    public init(_ serial: SerialCode, _ placement: SerialPlacement) {
        self.serial = serial.rawValue
        place = placement.place.rawValue
        contested = placement.contested.sorted().map(\.rawValue)
    }
}
