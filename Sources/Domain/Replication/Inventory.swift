/// The fold: what follows from a set of operations, whatever their order and number of copies.
///
/// Merge operations one by one; state can be asked for at any time. Two inventories that merged
/// the same set agree. The rules are those of docs/merge.md:
///
/// - postings are summed (`StockCell`); a count supersedes the postings that its counter had seen;
/// - serials and attributes are registers (`Register`), batches add-wins sets of lines;
/// - undo is causal length: the greatest level wins, even is undone. What is undone or refused
///   has no effect. An undo and a removal may come before what they name.
public struct Inventory: Sendable {
    let lineage: Lineage
    let ordered: [OrderLineCode: Int64]
    var slots = SlotTable()
    var entries: [InventoryEntry] = []
    var cells: [InventoryCell] = []
    var cellIndex: [StockKey: Int32] = [:]
    var serials: [Register<PlaceCode>] = []
    var serialIndex: [SerialCode: Int] = [:]
    var attributes: [Register<String>] = []
    var attributeIndex: [AttributeKey: Int] = [:]
    var lines: [(slot: Int, line: BatchLine)] = []
    var pickLines: [OrderLineCode: PickLine] = [:]

    /// `lineage` must know the links of every incarnation whose operations will come.
    public init(lineage: Lineage = Lineage(), ordered: [OrderLineCode: Int64] = [:]) {
        self.lineage = lineage
        self.ordered = ordered
    }

    /// Takes an operation in. false: it was in already, and nothing changed.
    @discardableResult
    public mutating func merge(_ ranked: RankedOperation) -> Bool {
        let slot = slot(of: ranked.operation.id)
        guard entries[slot].state == .awaited else { return false }
        entries[slot].mark = OperationMark(ranked)
        if ranked.standing.isRefused {
            entries[slot].state = .refused
            return true
        }
        entries[slot].state = .known
        let kind = ranked.operation.kind
        entries[slot].effect = kind.isWithinLimit ? effect(of: kind, slot: slot) : .none
        if entries[slot].isInForce { enter(slot) }
        return true
    }

    mutating func slot(of id: OperationID) -> Int {
        let slot = slots.slot(of: id, next: entries.count)
        if slot == entries.count { entries.append(InventoryEntry(awaited: id)) }
        return slot
    }

    /// Works out what the operation acts on, so that undoing it need not know its kind.
    private mutating func effect(of kind: OperationKind, slot: Int) -> InventoryEffect {
        switch kind {
        case .adjust(let key, let delta):
            let near = cell(key)
            return .postings(near: near, far: outside(of: near), quantity: delta)
        case .move(let key, let to, let quantity):
            return .postings(near: cell(key), far: cell(key.at(to)), quantity: 0 &- quantity)
        case .count(let key, let quantity):
            return .count(cell: cell(key), quantity: quantity)
        case .pick(let key, let line, let quantity):
            return .pick(
                near: cell(key), far: cell(key.at(.shipped)), line: line, quantity: quantity)
        case .serial(let serial, let place):
            return .serial(register: register(of: serial), place: place)
        case .attribute(let item, let field, let value):
            let register = register(of: AttributeKey(item: item, field: field))
            return .attribute(register: register, value: value)
        case .batchAdd(let line):
            lines.append((slot, line))
            return .none
        case .batchRemove(_, let lines):
            return .removal(lines.map { self.slot(of: $0) })
        case .undo(let target, let level):
            raise(self.slot(of: target), to: level)
            return .none
        case .unknown:
            return .none
        }
    }

    private mutating func raise(_ slot: Int, to level: UInt32) {
        guard level > entries[slot].level else { return }
        let wasInForce = entries[slot].isInForce
        entries[slot].level = level
        switch (wasInForce, entries[slot].isInForce) {
        case (true, false): leave(slot)
        case (false, true): enter(slot)
        default: break
        }
    }
}

/// What is kept of one operation.
struct InventoryEntry: Sendable {
    enum State {
        /// Named by an undo or a removal, not merged yet.
        case awaited
        case known, refused
    }

    var mark: OperationMark
    var state = State.awaited
    /// Causal length; 1 unless an undo says more.
    var level: UInt32 = 1
    /// How many removals in force name this line.
    var removals: Int32 = 0
    var effect = InventoryEffect.none

    init(awaited id: OperationID) {
        mark = OperationMark(id: id, station: "", base: 0, position: nil, rank: 0)
    }

    var isInForce: Bool { state == .known && level % 2 == 1 }
}

/// What an operation acts on.
enum InventoryEffect: Sendable {
    case none
    /// `quantity` is what `near` gains and `far` loses.
    case postings(near: Int32, far: Int32, quantity: Int64)
    case count(cell: Int32, quantity: Int64)
    case pick(near: Int32, far: Int32, line: OrderLineCode, quantity: Int64)
    case serial(register: Int, place: PlaceCode)
    case attribute(register: Int, value: String)
    case removal([Int])
}
