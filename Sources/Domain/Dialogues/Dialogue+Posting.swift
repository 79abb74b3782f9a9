import Replication

extension Dialogue {
    /// So many are in hand, or there: post it, or ask where they go.
    mutating func settle(
        _ number: Int64, in step: inout DialogueStep
    ) throws(DialogueRefusal) {
        if assignment.kind == .transfer, number > 0 {
            state.step = .destination(number)
        } else {
            post(number, in: &step)
        }
    }

    /// Without a proof, where none is asked for.
    mutating func put(
        isProven: Bool = false, in step: inout DialogueStep
    ) throws(DialogueRefusal) {
        guard case .destination(let number) = state.step else { throw .notAsked }
        guard isProven || line.destinationCheck.isEmpty else { throw .sayCheck }
        post(number, in: &step)
    }

    private mutating func post(_ number: Int64, in step: inout DialogueStep) {
        let posted = shares(of: number).map { step.make(operation($0.lot, $0.quantity)) }
        state.finished.append(
            FinishedLine(
                line: state.line, quantity: number, substitute: state.substitute,
                operations: posted))
        step.notice = .posted
        goOn()
    }

    private func operation(_ lot: LotCode, _ quantity: Int64) -> OperationKind {
        let key = StockKey(item: item, place: line.place, lot: lot)
        return switch assignment.kind {
        case .pick: .move(key, to: assignment.order, quantity: quantity)
        case .transfer: .move(key, to: line.destination, quantity: quantity)
        case .receive: .adjust(key, delta: quantity)
        case .count: .count(key, quantity: quantity)
        }
    }

    /// By lot, as they were scanned; the rest is of the line's lot, or of the only one scanned.
    private func shares(of number: Int64) -> [Scanned] {
        var shares: [Scanned] = []
        var left = number
        func add(_ lot: LotCode, _ quantity: Int64) {
            guard quantity > 0 else { return }
            if let index = shares.firstIndex(where: { $0.lot == lot }) {
                shares[index].quantity += quantity
            } else {
                shares.append(Scanned(lot: lot, quantity: quantity))
            }
        }
        for scan in state.scanned {
            add(scan.lot, min(scan.quantity, left))
            left -= min(scan.quantity, left)
        }
        add(shares.count == 1 ? shares[0].lot : line.lot, left)
        // A count of nothing is a statement too.
        if assignment.kind == .count, shares.isEmpty {
            shares = [Scanned(lot: line.lot, quantity: 0)]
        }
        return shares
    }

    /// The last scan of this line, or else the line that was finished last.
    mutating func undo(in step: inout DialogueStep) throws(DialogueRefusal) {
        if state.step != .done, !state.scanned.isEmpty {
            state.scanned.removeLast()
            if state.scanned.isEmpty { state.substitute = nil }
            return step.notice = .soFar
        }
        guard let last = state.finished.popLast() else { throw .nothingToUndo }
        for operation in last.operations { step.make(.undo(operation, level: 2)) }
        (state.line, state.step) = (last.line, .quantity)
        (state.scanned, state.substitute) = ([], nil)
        step.notice = .undone
    }
}
