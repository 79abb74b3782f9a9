import Replication

/// A set of operations with the standings that a hub gave them, as one line of JSON.
struct FoldInput: Decodable {
    struct Reference: Decodable {
        var incarnation: String
        var seq: UInt64
    }

    struct Entry: Decodable {
        var station: String
        var incarnation: String
        var seq: UInt64
        var base: UInt64
        var pos: UInt64?
        var rank: Int64
        var kind: String
        var refused: Bool?
        var item: String?
        var place: String?
        var lot: String?
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
        var adds: [Reference]?
        var target: Reference?
        var level: UInt32?
    }

    /// The incarnation and sequence that each grew from.
    var parents: [String: Reference?]?
    var ordered: [String: Int64]?
    var operations: [Entry]
}

extension FoldInput {
    func inventory(_ numbers: FoldIncarnations) throws(FoldError) -> Inventory {
        var lineage = Lineage()
        for (child, parent) in parents ?? [:] {
            guard let parent else { continue }
            lineage.insert(
                IncarnationLink(parent: numbers[parent.incarnation], sequence: parent.seq),
                for: numbers[child])
        }
        let ordered = (ordered ?? [:]).map { (OrderLineCode($0.key), $0.value) }
        var inventory = Inventory(
            lineage: lineage, ordered: Dictionary(uniqueKeysWithValues: ordered))
        for entry in operations { inventory.merge(try entry.ranked(numbers)) }
        return inventory
    }

    /// Every name of an incarnation in it.
    var incarnations: Set<String> {
        var names: Set<String> = []
        for (child, parent) in parents ?? [:] {
            names.insert(child)
            if let parent { names.insert(parent.incarnation) }
        }
        for entry in operations {
            names.insert(entry.incarnation)
            if let target = entry.target { names.insert(target.incarnation) }
            for line in entry.adds ?? [] { names.insert(line.incarnation) }
        }
        return names
    }
}

extension FoldInput.Entry {
    fileprivate func ranked(_ numbers: FoldIncarnations) throws(FoldError) -> RankedOperation {
        RankedOperation(
            Operation(
                id: OperationID(incarnation: numbers[incarnation], sequence: seq),
                station: StationCode(station), clock: HybridTime(rawValue: rank), base: base,
                kind: try operationKind(numbers)),
            Standing(position: pos, rank: rank, isRefused: refused ?? false))
    }

    private func operationKind(_ numbers: FoldIncarnations) throws(FoldError) -> OperationKind {
        switch kind {
        case "adjust": .adjust(try key(place), delta: try need(delta, "delta"))
        case "move":
            .move(
                try key(from), to: PlaceCode(try need(to, "to")),
                quantity: try need(quantity, "quantity"))
        case "count": .count(try key(place), quantity: try need(quantity, "quantity"))
        case "pick":
            .pick(
                try key(place), line: OrderLineCode(try need(orderLine, "orderLine")),
                quantity: try need(quantity, "quantity"))
        case "serial":
            .serial(
                SerialCode(try need(serial, "serial")), place: PlaceCode(try need(place, "place")))
        case "attribute":
            .attribute(
                ItemCode(try need(item, "item")), field: try need(field, "field"),
                value: try need(value, "value"))
        case "batch-add":
            .batchAdd(
                BatchLine(
                    batch: BatchCode(try need(batch, "batch")), code: try need(code, "code"),
                    quantity: quantity ?? 1))
        case "batch-remove":
            .batchRemove(
                BatchCode(try need(batch, "batch")), lines: (adds ?? []).map { numbers.id($0) })
        case "undo":
            .undo(numbers.id(try need(target, "target")), level: try need(level, "level"))
        default: .unknown
        }
    }

    private func key(_ place: String?) throws(FoldError) -> StockKey {
        StockKey(
            item: ItemCode(try need(item, "item")), place: PlaceCode(try need(place, "place")),
            lot: LotCode(lot ?? ""))
    }

    private func need<T>(_ value: T?, _ name: String) throws(FoldError) -> T {
        guard let value else { throw .missing("\(name) of \(kind) \(incarnation):\(seq)") }
        return value
    }
}

/// Numbers for incarnations that have any text for a name, in the order of their bytes, so that
/// ties fall as they would between the texts.
struct FoldIncarnations {
    private let names: [String]
    private let numbers: [String: UInt64]

    init(_ names: Set<String>) {
        self.names = names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        numbers = Dictionary(
            uniqueKeysWithValues: self.names.enumerated().map { ($1, UInt64($0) + 1) })
    }

    subscript(name: String) -> Incarnation {
        Incarnation(rawValue: numbers[name] ?? 0)
    }

    func id(_ reference: FoldInput.Reference) -> OperationID {
        OperationID(incarnation: self[reference.incarnation], sequence: reference.seq)
    }

    func name(_ incarnation: Incarnation) -> String {
        names[Int(incarnation.rawValue) - 1]
    }
}

/// Why a line could not be folded.
enum FoldError: Error, Equatable {
    case missing(String)
}
