/// One life of one station's database, from daemon start to daemon stop.
///
/// Random, and never used twice: a restored or cloned card starts another life, so two copies
/// can't give one number to two operations.
public struct Incarnation: Hashable, Sendable, RawRepresentable, Comparable {
    public var rawValue: UInt64

    @inlinable public init(rawValue: UInt64) {
        self.rawValue = rawValue
    }

    @inlinable public static func < (left: Incarnation, right: Incarnation) -> Bool {
        left.rawValue < right.rawValue
    }

    // As with `Code`: those that RawRepresentable gives are slow.

    @inlinable public static func == (left: Incarnation, right: Incarnation) -> Bool {
        left.rawValue == right.rawValue
    }

    @inlinable public func hash(into hasher: inout Hasher) {
        hasher.combine(rawValue)
    }
}

extension Incarnation: CustomStringConvertible, LosslessStringConvertible {
    /// 16 hexadecimal digits.
    public var description: String {
        let digits = String(rawValue, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    public init?(_ description: String) {
        guard description.utf8.count == 16, let value = UInt64(description, radix: 16) else {
            return nil
        }
        self.init(rawValue: value)
    }
}

/// The point at which an incarnation grew out of an earlier one.
public struct IncarnationLink: Hashable, Sendable {
    public var parent: Incarnation
    /// The last operation of the parent that the child's database held.
    public var sequence: UInt64

    public init(parent: Incarnation, sequence: UInt64) {
        self.parent = parent
        self.sequence = sequence
    }
}

/// Names one operation for ever. Operations are never renumbered.
public struct OperationID: Hashable, Sendable, Comparable {
    public var incarnation: Incarnation
    /// From 1, without gaps.
    public var sequence: UInt64

    public init(incarnation: Incarnation, sequence: UInt64) {
        self.incarnation = incarnation
        self.sequence = sequence
    }

    public static func < (left: OperationID, right: OperationID) -> Bool {
        (left.incarnation, left.sequence) < (right.incarnation, right.sequence)
    }
}

extension OperationID: CustomStringConvertible, LosslessStringConvertible {
    /// `a1b2c3d4e5f60718:42`
    public var description: String { "\(incarnation):\(sequence)" }

    public init?(_ description: String) {
        let parts = description.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let incarnation = Incarnation(String(parts[0])),
            let sequence = UInt64(parts[1])
        else { return nil }
        self.init(incarnation: incarnation, sequence: sequence)
    }
}

/// A place in the hub's feed, from 1. 0 is before the first operation.
public typealias FeedPosition = UInt64

/// A fact that a station states and nobody changes afterwards.
public struct Operation: Hashable, Sendable {
    public var id: OperationID
    public var station: StationCode
    /// Hybrid logical clock, microseconds since 1970; grows within an incarnation.
    public var clock: HybridTime
    /// The feed position that the station had applied when it made this operation.
    public var base: FeedPosition
    /// The device that was read; empty when a person or a program spoke directly.
    public var device: String
    /// Who was logged in; empty when nobody was.
    public var `operator`: String
    public var kind: OperationKind
    /// The refused operation that this one takes the place of; nil for most.
    public var amends: OperationID?

    public init(
        id: OperationID, station: StationCode, clock: HybridTime, base: FeedPosition,
        device: String = "", operator: String = "", kind: OperationKind,
        amends: OperationID? = nil
    ) {
        self.id = id
        self.station = station
        self.clock = clock
        self.base = base
        self.device = device
        self.operator = `operator`
        self.kind = kind
        self.amends = amends
    }
}

/// What an operation says. Rules of merging: `Inventory`.
public enum OperationKind: Hashable, Sendable {
    /// Goods came (positive) or went (negative).
    case adjust(StockKey, delta: Int64)
    /// Goods went from one place to another.
    case move(StockKey, to: PlaceCode, quantity: Int64)
    /// Somebody counted: so much is there. Supersedes only what its counter had seen.
    case count(StockKey, quantity: Int64)
    /// Goods left for an order.
    case pick(StockKey, line: OrderLineCode, quantity: Int64)
    /// A numbered piece was seen at a place.
    case serial(SerialCode, place: PlaceCode)
    /// A property of an item.
    case attribute(ItemCode, field: String, value: String)
    /// A line joins a batch.
    case batchAdd(BatchLine)
    /// Lines leave a batch: those named, and no others.
    case batchRemove(BatchCode, lines: [OperationID])
    /// Causal length of another operation: even is undone, odd is done again.
    case undo(OperationID, level: UInt32)
    /// Of a kind that this program doesn't know: kept, passed on, without effect.
    case unknown
}

extension OperationKind {
    /// The balances of ours that it may change. What is outside or shipped is nobody's stock.
    public var stockKeys: [StockKey] {
        switch self {
        case .adjust(let key, _), .count(let key, _), .pick(let key, _, _): [key]
        case .move(let key, let to, _): [key, key.at(to)]
        default: []
        }
    }

    /// The operations that it names.
    public var targets: [OperationID] {
        switch self {
        case .undo(let target, _): [target]
        case .batchRemove(_, let lines): lines
        default: []
        }
    }

    /// The greatest quantity, either way, that an operation can have an effect with: far beyond
    /// any goods, and small enough that sums stay exact.
    public static let quantityLimit: Int64 = 1_000_000_000_000

    /// The longest name of an item, a place, a numbered piece or the like that the hub takes.
    public static let codeLimitBytes = 512

    /// Whether the quantity makes sense. What doesn't is kept, without effect.
    public var isWithinLimit: Bool {
        switch self {
        case .adjust(_, let quantity), .move(_, _, let quantity), .count(_, let quantity),
            .pick(_, _, let quantity):
            (-OperationKind.quantityLimit...OperationKind.quantityLimit).contains(quantity)
        default: true
        }
    }
}

/// What a balance is kept of.
public struct StockKey: Hashable, Sendable, Comparable {
    public var item: ItemCode
    public var place: PlaceCode
    public var lot: LotCode

    public init(item: ItemCode, place: PlaceCode, lot: LotCode = "") {
        self.item = item
        self.place = place
        self.lot = lot
    }

    /// The same item and lot elsewhere.
    public func at(_ place: PlaceCode) -> StockKey {
        StockKey(item: item, place: place, lot: lot)
    }

    public static func < (left: StockKey, right: StockKey) -> Bool {
        (left.item, left.place, left.lot) < (right.item, right.place, right.lot)
    }
}

/// One line of a batch: a code as it was read, and how many it stands for.
public struct BatchLine: Hashable, Sendable {
    public var batch: BatchCode
    /// As read, before it was understood.
    public var code: String
    /// `]E0` and the like; empty when the device didn't say.
    public var aim: String
    public var quantity: Int64
    /// The logistic unit that it lies in, as that unit's number; empty: in none.
    public var unit: SerialCode
    /// The expected list that it was scanned for; empty: for none.
    public var list: String

    public init(
        batch: BatchCode, code: String, aim: String = "", quantity: Int64 = 1,
        unit: SerialCode = "", list: String = ""
    ) {
        self.batch = batch
        self.code = code
        self.aim = aim
        self.quantity = quantity
        self.unit = unit
        self.list = list
    }
}
