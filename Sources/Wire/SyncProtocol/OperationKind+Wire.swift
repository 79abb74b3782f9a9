public import Replication
import SwiftProtobuf

/// Why bytes could not be read as an operation.
public enum WireError: Error, Equatable {
    /// The bytes are no protobuf message of the schema.
    case malformed(String)
    /// A field that the schema needs is absent.
    case missing(String)
    /// A run whose hash chain is not that of its operations.
    case brokenChain(Incarnation)
}

extension OperationKind {
    /// The bytes that stand for this kind in stores and in hash chains: a `WireOperation` with
    /// nothing but its kind, fields in order of their numbers.
    public var kindBytes: [UInt8] {
        var wire = WireOperation()
        wire.kind = wireKind
        // Serialising a message without required fields can't fail.
        return (try? wire.serializedBytes()) ?? []
    }

    /// Reads what `kindBytes` wrote. A kind from a newer program becomes `.unknown`.
    public init(kindBytes: [UInt8]) throws(WireError) {
        self = try OperationKind.content(of: kindBytes).kind
    }

    /// What `Operation.kindBytes` wrote: the kind, and what the operation amends.
    public static func content(
        of kindBytes: [UInt8]
    ) throws(WireError) -> (kind: OperationKind, amends: OperationID?) {
        let wire: WireOperation
        do {
            wire = try WireOperation(serializedBytes: kindBytes)
        } catch {
            throw .malformed("operation kind: \(error)")
        }
        return (try OperationKind(wire), wire.amendedOperation)
    }

    /// The name of this kind: the same in hello, logs and pages.
    public var name: String {
        switch self {
        case .adjust: "adjust"
        case .move: "move"
        case .count: "count"
        case .pick: "pick"
        case .serial: "serial"
        case .attribute: "attribute"
        case .batchAdd: "batch-add"
        case .batchRemove: "batch-remove"
        case .undo: "undo"
        case .unknown: "unknown"
        }
    }

    /// The kinds that this program makes and understands.
    public static let names = [
        "adjust", "move", "count", "pick", "serial", "attribute", "batch-add", "batch-remove",
        "undo",
    ]
}

extension Operation {
    /// The bytes that stand for what it says in stores and in hash chains: those of its kind, and
    /// what it amends.
    public var kindBytes: [UInt8] {
        guard let amends else { return kind.kindBytes }
        let wire = WireOperation.with { $0.amends = amends.wire }
        // Fields stand in the order of their numbers. Serialising such a message can't fail.
        return kind.kindBytes + ((try? wire.serializedBytes()) ?? [])
    }
}

extension WireOperation {
    /// nil: it amends nothing.
    var amendedOperation: OperationID? { hasAmends ? OperationID(amends) : nil }
}

extension OperationKind {
    init(_ wire: WireOperation) throws(WireError) {
        guard let kind = wire.kind else {
            self = .unknown
            return
        }
        switch kind {
        case .adjust(let it): self = .adjust(it.key, delta: it.delta)
        case .move(let it):
            self = .move(it.key, to: PlaceCode(it.to), quantity: it.quantity)
        case .count(let it): self = .count(it.key, quantity: it.quantity)
        case .pick(let it):
            self = .pick(it.key, line: OrderLineCode(it.orderLine), quantity: it.quantity)
        case .serial(let it): self = .serial(SerialCode(it.serial), place: PlaceCode(it.place))
        case .attribute(let it):
            self = .attribute(ItemCode(it.item), field: it.field, value: it.value)
        case .batchAdd(let it):
            self = .batchAdd(
                BatchLine(
                    batch: BatchCode(it.batch), code: it.code, aim: it.aim, quantity: it.quantity,
                    unit: SerialCode(it.unit), list: it.list))
        case .batchRemove(let it):
            self = .batchRemove(BatchCode(it.batch), lines: it.lines.map(OperationID.init))
        case .undo(let it):
            guard it.hasTarget else { throw .missing("undo.target") }
            self = .undo(OperationID(it.target), level: it.level)
        }
    }

    private var wireKind: WireOperation.OneOf_Kind? {
        switch self {
        case .adjust(let key, let delta):
            .adjust(.with { ($0.item, $0.place, $0.lot, $0.delta) = key.fields(delta) })
        case .move(let key, let to, let quantity):
            .move(
                .with {
                    ($0.item, $0.from, $0.lot, $0.quantity) = key.fields(quantity)
                    $0.to = to.rawValue
                })
        case .count(let key, let quantity):
            .count(.with { ($0.item, $0.place, $0.lot, $0.quantity) = key.fields(quantity) })
        case .pick(let key, let line, let quantity):
            .pick(
                .with {
                    ($0.item, $0.place, $0.lot, $0.quantity) = key.fields(quantity)
                    $0.orderLine = line.rawValue
                })
        case .serial(let serial, let place):
            .serial(.with { ($0.serial, $0.place) = (serial.rawValue, place.rawValue) })
        case .attribute(let item, let field, let value):
            .attribute(.with { ($0.item, $0.field, $0.value) = (item.rawValue, field, value) })
        case .batchAdd(let line):
            .batchAdd(
                .with {
                    ($0.batch, $0.code) = (line.batch.rawValue, line.code)
                    ($0.aim, $0.quantity) = (line.aim, line.quantity)
                    ($0.unit, $0.list) = (line.unit.rawValue, line.list)
                })
        case .batchRemove(let batch, let lines):
            .batchRemove(
                .with {
                    $0.batch = batch.rawValue
                    $0.lines = lines.map(\.wire)
                })
        case .undo(let target, let level):
            .undo(.with { ($0.target, $0.level) = (target.wire, level) })
        case .unknown: nil
        }
    }
}

extension StockKey {
    fileprivate func fields(_ quantity: Int64) -> (String, String, String, Int64) {
        (item.rawValue, place.rawValue, lot.rawValue, quantity)
    }

    fileprivate init(_ item: String, _ place: String, _ lot: String) {
        self.init(item: ItemCode(item), place: PlaceCode(place), lot: LotCode(lot))
    }
}

extension WireAdjust {
    fileprivate var key: StockKey { StockKey(item, place, lot) }
}

extension WireMove {
    fileprivate var key: StockKey { StockKey(item, from, lot) }
}

extension WireCount {
    fileprivate var key: StockKey { StockKey(item, place, lot) }
}

extension WirePick {
    fileprivate var key: StockKey { StockKey(item, place, lot) }
}

extension OperationID {
    /// As it stands in messages.
    public var wire: WireOperationReference {
        .with { ($0.incarnation, $0.sequence) = (incarnation.rawValue, sequence) }
    }

    public init(_ wire: WireOperationReference) {
        self.init(
            incarnation: Incarnation(rawValue: wire.incarnation), sequence: wire.sequence)
    }
}
