import Replication

extension Workflow {
    /// Takes back the latest line of the open batch, or, when that has none, of the last one.
    mutating func undoLastLine(in step: inout WorkflowStep) throws(WorkflowRefusal) {
        if let index = state.open?.entries.indices.last {
            undo(index, of: \.open, in: &step)
        } else if let index = state.last?.entries.indices.last {
            undo(index, of: \.last, in: &step)
        } else {
            throw .nothingToUndo
        }
    }

    /// Takes back the line of that id, or the line whose operation on stock has it.
    mutating func undoLine(
        _ id: OperationID, in step: inout WorkflowStep
    ) throws(WorkflowRefusal) {
        if let index = state.open?.index(of: id) {
            undo(index, of: \.open, in: &step)
        } else if let index = state.last?.index(of: id) {
            undo(index, of: \.last, in: &step)
        } else {
            throw .unknownLine(id)
        }
    }

    mutating func undo(
        _ index: Int, of batch: WritableKeyPath<WorkflowState, WorkflowBatch?>,
        in step: inout WorkflowStep
    ) {
        guard var record = state[keyPath: batch] else { return }
        let entry = record.entries.remove(at: index)
        if record.isImmediate(entry.subject) { step.make(.undo(entry.stock, level: 2)) }
        if record.stage == .open {
            step.note(.remove(entry.line))
            leave(entry.subject)
        }
        reduceTally(by: entry, in: &record, step: &step)
        record.sortTallies()
        step.make(.batchRemove(record.code, lines: [entry.line]))
        state[keyPath: batch] = record
        step.touch(record)
        step.say(.done, "Taken back: \(entry.phrase).")
    }

    /// In a closed batch the whole item is undone with its last line. Until then a line is taken
    /// back by a correction: a second count would pass for one that saw all that came since.
    private func reduceTally(
        by entry: BatchEntry, in record: inout WorkflowBatch, step: inout WorkflowStep
    ) {
        guard let index = record.tallies.firstIndex(where: { $0.subject == entry.subject }) else {
            return
        }
        record.tallies[index].lines -= 1
        record.tallies[index].pieces -= entry.quantity
        let tally = record.tallies[index]
        if tally.lines == 0 {
            for operation in tally.settled { step.make(.undo(operation, level: 2)) }
            record.tallies.remove(at: index)
        } else if !tally.settled.isEmpty, let kind = correction(for: entry, in: record) {
            record.tallies[index].settled.append(step.make(kind))
        }
    }

    private func correction(for entry: BatchEntry, in record: WorkflowBatch) -> OperationKind? {
        guard case .item(let item, let lot) = entry.subject else { return nil }
        let key = StockKey(item: item, place: record.place, lot: lot)
        guard record.mode == .move else { return .adjust(key, delta: -entry.quantity) }
        return record.destination.map {
            .move(key.at($0), to: record.place, quantity: entry.quantity)
        }
    }
}

extension WorkflowBatch {
    func index(of id: OperationID) -> Int? {
        entries.firstIndex { entry in
            entry.line == id || (isImmediate(entry.subject) && entry.stock == id)
        }
    }
}
