import Replication

extension Workflow {
    /// How many lines one `batchRemove` names, so that no operation grows large.
    static let removalLimit = 250

    /// A batch with a code that no other ever has: from the operation that would come next, and
    /// a number, because an empty batch uses no operation.
    mutating func newBatch(in step: inout WorkflowStep) -> WorkflowBatch {
        state.opened &+= 1
        step.note(.begin)
        let code = "\(step.next.incarnation)-\(step.next.sequence)-\(state.opened)"
        return WorkflowBatch(
            code: BatchCode(code), mode: state.mode, place: place, opened: step.time)
    }

    /// Closes the open batch, of which there must be one, and states what it adds up to.
    @discardableResult
    mutating func closeBatch(
        to destination: PlaceCode? = nil, in step: inout WorkflowStep
    ) -> WorkflowBatch {
        guard var record = state.open else { preconditionFailure("there is no open batch") }
        record.stage = .closed
        record.destination = destination
        for index in record.tallies.indices {
            guard let kind = settlement(of: record.tallies[index], in: record) else { continue }
            record.tallies[index].settled = [step.make(kind)]
        }
        state.last = record
        state.open = nil
        step.touch(record)
        return record
    }

    private func settlement(of tally: BatchTally, in record: WorkflowBatch) -> OperationKind? {
        switch (record.mode, tally.subject) {
        case (.count, .item(let item, let lot)):
            .count(StockKey(item: item, place: record.place, lot: lot), quantity: tally.pieces)
        case (.move, .item(let item, let lot)):
            record.destination.map {
                let key = StockKey(item: item, place: record.place, lot: lot)
                return .move(key, to: $0, quantity: tally.pieces)
            }
        case (.move, .serial(let serial)):
            record.destination.map { .serial(serial, place: $0) }
        case (.receive, _), (.lookUp, _), (.count, .serial): nil
        }
    }

    /// Takes back every line. An undo afterwards finds nothing, rather than an older batch.
    mutating func cancelBatch(in step: inout WorkflowStep) throws(WorkflowRefusal) {
        guard var record = state.open else { throw .noBatch }
        let contents = record.contents
        for entry in record.entries.reversed() where record.isImmediate(entry.subject) {
            step.make(.undo(entry.stock, level: 2))
        }
        var lines = record.entries.map(\.line)[...]
        while !lines.isEmpty {
            step.make(.batchRemove(record.code, lines: Array(lines.prefix(Self.removalLimit))))
            lines = lines.dropFirst(Self.removalLimit)
        }
        (record.entries, record.tallies, record.stage) = ([], [], .cancelled)
        state.last = record
        state.open = nil
        state.context.leaveUnits()
        step.touch(record)
        step.say(.batch, "Batch cancelled: \(contents) taken back.")
    }
}
