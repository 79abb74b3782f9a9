public import Foundation
public import Replication

/// A set of operations and the state that an independent model of the rules folds it to.
public struct FoldCase: CustomStringConvertible, Sendable {
    public let name: String
    public let lineage: Lineage
    public let ordered: [OrderLineCode: Int64]
    public let operations: [RankedOperation]
    /// Without recounts: the model doesn't tell them.
    public let expected: InventoryState

    public var description: String { name }

    /// Reads a file of one case a line.
    public static func all(in file: URL) throws -> [FoldCase] {
        try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map {
            FoldCase(try JSONDecoder().decode(FoldCaseLine.self, from: Data($0.utf8)))
        }
    }

    private init(_ line: FoldCaseLine) {
        let names = IncarnationNames(line)
        self.name = line.case
        self.lineage = Lineage(
            Dictionary(
                uniqueKeysWithValues: line.parents.compactMap { child, link in
                    link.map {
                        (
                            names[child],
                            IncarnationLink(parent: names[$0.incarnation], sequence: $0.seq)
                        )
                    }
                }))
        self.ordered = Dictionary(
            uniqueKeysWithValues: line.ordered.map { (OrderLineCode($0.key), $0.value) })
        self.operations = line.operations.map { $0.ranked(names) }
        self.expected = line.expected.state(names, line.operations)
    }
}

/// Numbers for the names of the corpus, in the same order, so that ties fall the same way.
struct IncarnationNames {
    private let numbers: [String: UInt64]

    init(_ line: FoldCaseLine) {
        let used = line.operations.flatMap {
            [$0.incarnation] + [$0.target?.incarnation].compactMap { $0 }
                + ($0.adds ?? []).map(\.incarnation)
        }
        let linked = line.parents.flatMap { [$0.key] + [$0.value?.incarnation].compactMap { $0 } }
        let names = Set(used + linked).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        numbers = Dictionary(
            uniqueKeysWithValues: names.enumerated().map { ($1, UInt64($0) + 1) })
    }

    subscript(name: String) -> Incarnation {
        Incarnation(rawValue: numbers[name] ?? 0)
    }
}

/// One line of the corpus, as it stands in the file.
struct FoldCaseLine: Decodable {
    struct Link: Decodable {
        var incarnation: String
        var seq: UInt64
    }

    struct Line: Decodable {
        var station: String
        var incarnation: String
        var seq: UInt64
        var base: UInt64
        var pos: UInt64
        var rank: Int64
        var kind: String
        var refused: Bool?
        var item: String?
        var place: String?
        var delta: Int64?
        var quantity: Int64?
        var from: String?
        var to: String?
        var orderLine: String?
        var serial: String?
        var field: String?
        var value: String?
        var batch: String?
        var code: String?
        var adds: [Link]?
        var target: Link?
        var level: UInt32?
    }

    struct Expected: Decodable {
        struct Quantity: Decodable {
            var item: String
            var place: String
            var quantity: Int64
        }
        struct Serial: Decodable {
            var place: String
            var contested: [String]
        }
        struct Attribute: Decodable {
            var value: String
            var siblings: [String]
        }
        struct Batch: Decodable {
            var batch: String
            var code: String
            var add: Link
        }
        var quantities: [Quantity]
        var serials: [String: Serial]
        var attributes: [String: [String: Attribute]]
        var batches: [Batch]
        var overPicks: [String: Int64]
    }

    var `case`: String
    var parents: [String: Link?]
    var ordered: [String: Int64]
    var operations: [Line]
    var expected: Expected
}

extension FoldCaseLine.Link {
    func id(_ names: IncarnationNames) -> OperationID {
        OperationID(incarnation: names[incarnation], sequence: seq)
    }
}

extension FoldCaseLine.Line {
    func ranked(_ names: IncarnationNames) -> RankedOperation {
        RankedOperation(
            Operation(
                id: OperationID(incarnation: names[incarnation], sequence: seq),
                station: StationCode(station), clock: HybridTime(rawValue: rank), base: base,
                kind: operationKind(names)),
            Standing(position: pos, rank: rank, isRefused: refused ?? false))
    }

    private func operationKind(_ names: IncarnationNames) -> OperationKind {
        let key = StockKey(
            item: ItemCode(item ?? ""), place: PlaceCode(place ?? from ?? ""))
        let quantity = quantity ?? 0
        switch kind {
        case "adjust": return .adjust(key, delta: delta ?? 0)
        case "move": return .move(key, to: PlaceCode(to ?? ""), quantity: quantity)
        case "count": return .count(key, quantity: quantity)
        case "pick":
            return .pick(key, line: OrderLineCode(orderLine ?? ""), quantity: quantity)
        case "serial": return .serial(SerialCode(serial ?? ""), place: key.place)
        case "attribute":
            return .attribute(key.item, field: field ?? "", value: value ?? "")
        case "batch-add":
            return .batchAdd(BatchLine(batch: BatchCode(batch ?? ""), code: code ?? ""))
        case "batch-remove":
            return .batchRemove(BatchCode(batch ?? ""), lines: (adds ?? []).map { $0.id(names) })
        case "undo":
            guard let target else { return .unknown }
            return .undo(target.id(names), level: level ?? 2)
        default: return .unknown
        }
    }
}

extension FoldCaseLine.Expected {
    func state(_ names: IncarnationNames, _ operations: [FoldCaseLine.Line]) -> InventoryState {
        var state = InventoryState()
        for it in quantities {
            let key = StockKey(item: ItemCode(it.item), place: PlaceCode(it.place))
            state.quantities[key] = it.quantity
        }
        for (serial, it) in serials {
            state.serials[SerialCode(serial)] = SerialPlacement(
                place: PlaceCode(it.place), contested: Set(it.contested.map { PlaceCode($0) }))
        }
        for (item, fields) in attributes {
            for (field, it) in fields {
                state.attributes[AttributeKey(item: ItemCode(item), field: field)] =
                    AttributeValue(value: it.value, siblings: Set(it.siblings))
            }
        }
        for it in batches {
            state.batchLines[it.add.id(names)] = BatchLine(
                batch: BatchCode(it.batch), code: it.code)
        }
        for (line, over) in overPicks { state.overPicks[OrderLineCode(line)] = over }
        return state
    }
}
