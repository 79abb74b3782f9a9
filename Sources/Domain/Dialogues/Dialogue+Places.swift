import Replication

extension Dialogue {
    /// Without a proof, where none is asked for.
    mutating func arrive() throws(DialogueRefusal) {
        guard line.check.isEmpty else { throw .sayCheck }
        state.step = .quantity
    }

    mutating func check(
        _ digits: String, in step: inout DialogueStep
    ) throws(DialogueRefusal) {
        if case .destination = state.step {
            guard digits == line.destinationCheck else { throw .wrongCheck }
            return try put(isProven: true, in: &step)
        }
        guard digits == line.check else { throw .wrongCheck }
        state.step = .quantity
    }

    mutating func scanPlace(
        _ answer: DialogueAnswer, in step: inout DialogueStep
    ) throws(DialogueRefusal) {
        guard case .place(let place) = answer else { throw .notAsked }
        switch state.step {
        case .place:
            guard place == line.place else { throw .wrongPlace }
            state.step = .quantity
        case .destination:
            guard place == line.destination else { throw .wrongPlace }
            try put(isProven: true, in: &step)
        default:
            guard place == line.place else { throw .unfinishedLine }
            step.isRepeat = true
        }
    }

    /// The line after this one that is not done with, round and round.
    mutating func goOn() {
        (state.scanned, state.substitute) = ([], nil)
        let open = openLines
        if let next = open.first(where: { $0 != state.line }) ?? open.first {
            (state.line, state.step) = (next, .place)
        } else {
            state.step = .done
        }
    }

    mutating func skip(in step: inout DialogueStep) throws(DialogueRefusal) {
        guard state.scanned.isEmpty else { throw .unfinishedLine }
        guard openLines.count > 1 else { throw .onlyLine }
        step.notice = .skipped
        goOn()
    }
}
