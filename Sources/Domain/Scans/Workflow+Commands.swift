import Replication

extension Workflow {
    mutating func carryOut(
        _ command: Command, in step: inout WorkflowStep
    ) throws(WorkflowRefusal) {
        state.reads = []  // What a person decides ends any wait for repeats.
        let asked = state.context.asked
        state.context.asked = nil
        switch command {
        case .mode(let mode): try change(to: mode, in: &step)
        case .place(let place): try enter(place, in: &step)
        case .quantity(let quantity): try expect(quantity, in: &step)
        case .openBatch: try openBatch(in: &step)
        case .closeBatch: try closeOpenBatch(in: &step)
        case .cancelBatch: try cancelBatch(in: &step)
        case .undo: try undoLastLine(in: &step)
        case .undoLine(let id): try undoLine(id, in: &step)
        case .unit(let unitStep): try carryOut(unitStep, in: &step)
        case .profile(let name): try choose(name, in: &step)
        case .list(let list): try compare(with: list, in: &step)
        case .answer(let phrase): try settle(asked, by: phrase, in: &step)
        }
    }

    private mutating func change(
        to mode: Mode, in step: inout WorkflowStep
    ) throws(WorkflowRefusal) {
        guard mode != state.mode else {
            return step.say(.done, "\(mode.sentence(at: place)), as before.")
        }
        if let open = state.open, open.awaitsDestination { throw .noDestination(open) }
        let closed = state.open == nil ? nil : closeBatch(in: &step)
        state.context.leaveUnits()
        state.context.profile = nil
        state.mode = mode
        state.quantity = nil
        step.say(.done, mode.sentence(at: place) + Self.ending(closed))
    }

    /// Changes the context, or, with goods in hand, says where they go.
    mutating func enter(
        _ place: PlaceCode, in step: inout WorkflowStep
    ) throws(WorkflowRefusal) {
        guard place.isUsable else { throw .badPlace(place) }
        if let open = state.open, open.awaitsDestination {
            return try move(open, to: place, in: &step)
        }
        let shown = place.rawValue.shown
        guard place != self.place else {
            state.place = place
            return step.say(.done, "Already at \(shown).")
        }
        state.context.leaveUnits()
        var closed: WorkflowBatch?
        if let open = state.open, !open.entries.isEmpty {
            closed = closeBatch(in: &step)
        } else if var open = state.open {
            open.place = place
            state.open = open
            step.touch(open)
        }
        state.place = place
        step.say(.done, "Now at \(shown)" + Self.ending(closed))
    }

    private mutating func move(
        _ open: WorkflowBatch, to place: PlaceCode, in step: inout WorkflowStep
    ) throws(WorkflowRefusal) {
        guard place != open.place else { throw .samePlace(place) }
        let closed = closeBatch(to: place, in: &step)
        state.context.leaveUnits()
        step.say(
            .batch,
            "\(closed.contents) moved from \(open.place.rawValue.shown) "
                + "to \(place.rawValue.shown).")
    }

    private mutating func expect(
        _ quantity: Int64, in step: inout WorkflowStep
    ) throws(WorkflowRefusal) {
        guard (1...Command.quantityLimit).contains(quantity) else { throw .badQuantity(quantity) }
        guard state.mode != .lookUp else { throw .inLookUp }
        state.quantity = quantity
        step.say(.done, "The next item counts \(quantity).")
    }

    private mutating func openBatch(in step: inout WorkflowStep) throws(WorkflowRefusal) {
        guard state.mode != .lookUp else { throw .inLookUp }
        if let open = state.open {
            guard !open.entries.isEmpty else {
                return step.say(.batch, "A batch is open already, and empty.")
            }
            if open.awaitsDestination { throw .noDestination(open) }
        }
        let closed = state.open == nil ? nil : closeBatch(in: &step)
        state.context.leaveUnits()
        let record = newBatch(in: &step)
        state.open = record
        step.touch(record)
        step.say(.batch, "Batch opened at \(record.place.rawValue.shown)" + Self.ending(closed))
    }

    private mutating func closeOpenBatch(in step: inout WorkflowStep) throws(WorkflowRefusal) {
        guard let open = state.open else { throw .noBatch }
        if open.awaitsDestination { throw .noDestination(open) }
        let closed = closeBatch(in: &step)
        state.context.leaveUnits()
        step.say(.batch, "Batch closed: \(closed.contents).")
    }

    static func ending(_ closed: WorkflowBatch?) -> String {
        closed.map { "; batch closed: \($0.contents)." } ?? "."
    }
}
