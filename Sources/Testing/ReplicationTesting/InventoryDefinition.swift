public import Replication

/// The fold by its definition: slow, and plain enough to be read against docs/merge.md.
public struct InventoryDefinition {
    private let lineage: Lineage
    private let ordered: [OrderLineCode: Int64]
    private let accepted: [RankedOperation]
    private let inForce: [RankedOperation]

    public init(
        _ operations: [RankedOperation], lineage: Lineage, ordered: [OrderLineCode: Int64]
    ) {
        self.lineage = lineage
        self.ordered = ordered
        var seen: Set<OperationID> = []
        let accepted = operations.filter {
            seen.insert($0.operation.id).inserted && !$0.standing.isRefused
                && $0.operation.kind.isWithinLimit
        }
        var levels: [OperationID: UInt32] = [:]
        for case .undo(let target, let level) in accepted.map(\.operation.kind) {
            levels[target] = max(level, levels[target] ?? 1)
        }
        self.accepted = accepted
        self.inForce = accepted.filter { levels[$0.operation.id, default: 1] % 2 == 1 }
    }

    public var state: InventoryState {
        var state = InventoryState()
        foldStock(into: &state)
        foldSerials(into: &state)
        foldAttributes(into: &state)
        foldBatches(into: &state)
        foldPicks(into: &state)
        return state
    }

    private func foldStock(into state: inout InventoryState) {
        for key in accepted.flatMap({ postings(of: $0).map(\.key) + counted(by: $0) }) {
            state.quantities[key] = 0
        }
        for key in state.quantities.keys {
            let postings = inForce.flatMap { operation in
                self.postings(of: operation).filter { $0.key == key && $0.quantity != 0 }
                    .map { (mark: OperationMark(operation), quantity: $0.quantity) }
            }
            let counts = inForce.filter { counted(by: $0) == [key] }
            guard let winner = highest(counts),
                case .count(_, let counted) = winner.operation.kind
            else {
                state.quantities[key] = postings.reduce(0) { $0 &+ $1.quantity }
                continue
            }
            let count = OperationMark(winner)
            let unseen = postings.filter { !lineage.saw($0.mark, from: count) }
            let beside = unseen.filter { !lineage.saw(count, from: $0.mark) }
            let value = unseen.reduce(counted) { $0 &+ $1.quantity }
            state.quantities[key] = value
            if !beside.isEmpty {
                state.recounts[key] = Recount(
                    value: value,
                    ifCountedLast: beside.reduce(value) { $0 &- $1.quantity })
            }
        }
    }

    private func postings(of operation: RankedOperation) -> [(key: StockKey, quantity: Int64)] {
        let pair: [(key: StockKey, quantity: Int64)]
        switch operation.operation.kind {
        case .adjust(let key, let delta): pair = [(key, delta), (key.at(.outside), 0 &- delta)]
        case .move(let key, let to, let quantity):
            pair = [(key, 0 &- quantity), (key.at(to), quantity)]
        case .pick(let key, _, let quantity):
            pair = [(key, 0 &- quantity), (key.at(.shipped), quantity)]
        default: return []
        }
        // From a place to itself is one posting of nothing.
        if pair[0].key == pair[1].key { return [(pair[0].key, 0)] }
        return pair
    }

    private func counted(by operation: RankedOperation) -> [StockKey] {
        if case .count(let key, _) = operation.operation.kind { [key] } else { [] }
    }

    private func foldSerials(into state: inout InventoryState) {
        var writes: [SerialCode: [RankedOperation]] = [:]
        for operation in inForce {
            if case .serial(let serial, _) = operation.operation.kind {
                writes[serial, default: []].append(operation)
            }
        }
        let place = { (operation: RankedOperation) -> PlaceCode? in
            if case .serial(_, let place) = operation.operation.kind { place } else { nil }
        }
        state.serials = writes.compactMapValues { writes in
            highest(writes).flatMap(place).map {
                SerialPlacement(place: $0, contested: Set(maximal(writes).compactMap(place)))
            }
        }
    }

    private func foldAttributes(into state: inout InventoryState) {
        var writes: [AttributeKey: [RankedOperation]] = [:]
        for operation in inForce {
            if case .attribute(let item, let field, _) = operation.operation.kind {
                writes[AttributeKey(item: item, field: field), default: []].append(operation)
            }
        }
        let text = { (operation: RankedOperation) -> String? in
            if case .attribute(_, _, let value) = operation.operation.kind { value } else { nil }
        }
        state.attributes = writes.compactMapValues { writes in
            highest(writes).flatMap(text).map {
                AttributeValue(value: $0, siblings: Set(maximal(writes).compactMap(text)))
            }
        }
    }

    private func foldBatches(into state: inout InventoryState) {
        var removed: Set<OperationID> = []
        for case .batchRemove(_, let lines) in inForce.map(\.operation.kind) {
            removed.formUnion(lines)
        }
        for operation in inForce where !removed.contains(operation.operation.id) {
            if case .batchAdd(let line) = operation.operation.kind {
                state.batchLines[operation.operation.id] = line
            }
        }
    }

    private func foldPicks(into state: inout InventoryState) {
        var picked: [OrderLineCode: Int64] = [:]
        for case .pick(_, let line, let quantity) in inForce.map(\.operation.kind) {
            picked[line, default: 0] &+= quantity
        }
        for (line, quantity) in picked where quantity > ordered[line] ?? 0 {
            state.overPicks[line] = quantity &- (ordered[line] ?? 0)
        }
    }

    private func highest(_ operations: [RankedOperation]) -> RankedOperation? {
        operations.max { OperationMark($0).yields(to: OperationMark($1)) }
    }

    /// Those that none of the others had seen.
    private func maximal(_ operations: [RankedOperation]) -> [RankedOperation] {
        operations.filter { operation in
            !operations.contains {
                lineage.saw(OperationMark(operation), from: OperationMark($0))
            }
        }
    }
}
