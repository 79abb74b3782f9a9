import Dialogues
import LocalAPI
import Pipeline
import Replication
import StationStorage

extension AssignmentReport {
    /// The one that is worked on, with its lines and its question.
    init(_ view: AssignmentView) {
        let dialogue = view.dialogue
        self.init(
            dialogue.assignment, dialogue.state, stage: AssignmentRecord.Stage.active.rawValue,
            operator: view.operator, given: view.givenMicroseconds, closed: nil)
        question = QuestionReport(dialogue)
        lines = dialogue.lineReports
    }

    /// One of a list.
    init(_ record: AssignmentRecord) {
        self.init(
            record.assignment, record.state, stage: record.stage.rawValue,
            operator: record.operator, given: record.givenMicroseconds,
            closed: record.closedMicroseconds)
    }

    private init(
        _ assignment: Assignment, _ state: DialogueState, stage: String, operator: String,
        given: Int64, closed: Int64?
    ) {
        let dialogue = Dialogue(assignment, state: state)
        self.init(
            code: assignment.code, kind: assignment.kind.rawValue,
            order: assignment.order.rawValue, stage: stage,
            operator: `operator`.isEmpty ? nil : `operator`, given: APIForm.time(given),
            closed: closed.map(APIForm.time), lineCount: assignment.lines.count,
            done: state.finished.count, short: dialogue?.shortLines ?? 0,
            isCancelled: state.isCancelled)
    }
}

extension QuestionReport {
    init(_ dialogue: Dialogue) {
        let (state, prompt, line) = (dialogue.state, dialogue.prompt, dialogue.line)
        var (step, digits, quantity) = ("place", line.check.utf8.count, Int64?.none)
        switch state.step {
        case .place: break
        case .quantity: (step, digits) = ("quantity", 0)
        case .destination(let number):
            (step, digits, quantity) = ("destination", line.destinationCheck.utf8.count, number)
        case .confirm(let readback): (step, digits, quantity) = ("confirm", 0, readback.number)
        case .substitute: (step, digits) = ("substitute", 0)
        case .done: (step, digits) = ("done", 0)
        }
        self.init(
            turn: state.turn, step: step, isPaused: state.isPaused, show: prompt.show,
            say: prompt.say, grammar: prompt.grammar, line: state.line + 1, checkDigits: digits,
            scanned: dialogue.scannedQuantity, quantity: quantity)
    }
}

extension DialogueState.Readback {
    fileprivate var number: Int64? {
        switch self {
        case .short(let number), .over(let number), .count(let number): number
        case .substitute, .cancel: nil
        }
    }
}

extension Dialogue {
    var lineReports: [AssignmentReport.Line] {
        let finished = Dictionary(state.finished.map { ($0.line, $0) }) { first, _ in first }
        return assignment.lines.enumerated().map { index, line in
            let done = finished[index]
            return AssignmentReport.Line(
                number: index + 1, place: line.place.rawValue, item: line.item.rawValue,
                lot: line.lot.rawValue.unlessEmpty, name: line.name.unlessEmpty,
                quantity: line.quantity, unit: line.unit.unlessEmpty,
                units: line.unit.unlessEmpty.map { language.several($0) },
                destination: line.destination.rawValue.unlessEmpty, state: stage(index, done),
                taken: done?.quantity, substitute: done?.substitute?.rawValue,
                operations: done?.operations.map(\.description) ?? [])
        }
    }

    private func stage(_ index: Int, _ done: FinishedLine?) -> String {
        guard let done else { return index == state.line && !isDone ? "current" : "open" }
        let isShort = assignment.kind != .count && done.quantity < assignment.lines[index].quantity
        return isShort ? "short" : "done"
    }
}

extension String {
    fileprivate var unlessEmpty: String? { isEmpty ? nil : self }
}
