import Dialogues
import Replication
import Scans
import StationStorage

extension IntakeRound {
    /// What became of an order, and what is told.
    struct Answered {
        var feedback: Feedback
        var operations: [OperationID] = []
        var isRefused = false

        init(_ feedback: Feedback) {
            self.feedback = feedback
        }

        init(_ refusal: AssignmentRefusal) {
            feedback = Feedback(.error, code: refusal.code, message: refusal.message)
            isRefused = true
        }
    }

    mutating func carryOut(
        _ order: AssignmentOrder, at time: CaptureTime, operator: String,
        in transaction: inout StationTransaction
    ) throws -> IntakeReceipt {
        let answered: Answered
        do {
            switch order {
            case .give(let assignment): answered = try give(assignment, time, in: transaction)
            case .start(let code): answered = try start(code, `operator`, in: transaction)
            case .answer(let phrase, let turn):
                answered = try answer(phrase, turn, time, `operator`, in: &transaction)
            }
        } catch let refusal as AssignmentRefusal {
            answered = Answered(refusal)
        }
        return try record(
            IntakeRecord(order, at: time, operator: `operator`), answered, in: transaction)
    }

    private func give(
        _ assignment: Assignment, _ time: CaptureTime, in transaction: StationTransaction
    ) throws -> Answered {
        do throws(AssignmentFault) {
            try assignment.validate()
        } catch {
            throw AssignmentRefusal.bad(error)
        }
        guard try transaction.assignment(assignment.code) == nil else {
            throw AssignmentRefusal.known(assignment.code)
        }
        guard try transaction.openAssignments() < AssignmentRecord.openLimit else {
            throw AssignmentRefusal.tooMany(limit: AssignmentRecord.openLimit)
        }
        try transaction.give(
            named(assignment, time, in: transaction), wallMicroseconds: time.wallMicroseconds)
        let lines = assignment.lines.count
        return Answered(
            Feedback(
                .done,
                message: "Assignment \(PrintableText(assignment.code)) is here: "
                    + (lines == 1 ? "1 line." : "\(lines) lines.")))
    }

    /// Items by the names that scans give them.
    private func named(
        _ assignment: Assignment, _ time: CaptureTime, in transaction: StationTransaction
    ) throws -> Assignment {
        var assignment = assignment
        for index in assignment.lines.indices {
            let text = assignment.lines[index].item.rawValue
            if case .item(let item, lot: "") = try meaning(of: text, at: time, in: transaction) {
                assignment.lines[index].item = item
            }
        }
        return assignment
    }

    private mutating func start(
        _ code: String, _ operator: String, in transaction: StationTransaction
    ) throws -> Answered {
        guard var record = try transaction.assignment(code) else {
            throw AssignmentRefusal.unknown(code)
        }
        guard record.stage != .closed else { throw AssignmentRefusal.closed(code) }
        if var before = working?.record, before.number != record.number {
            before.stage = .open
            try transaction.save(before)
        }
        record.stage = .active
        record.operator = `operator`
        record.state = record.state.awake
        try transaction.save(record)
        working = Working(record, manner: try transaction.speechManner(of: `operator`))
        guard let dialogue = working?.dialogue else {
            throw StoreError.damaged("assignment \(record.number)")
        }
        question = Question(dialogue.prompt, dialogue)
        return Answered(Feedback(.batch, message: dialogue.prompt.show))
    }

    private mutating func answer(
        _ phrase: SpokenPhrase, _ turn: Int?, _ time: CaptureTime, _ operator: String,
        in transaction: inout StationTransaction
    ) throws -> Answered {
        guard let working else { throw AssignmentRefusal.none }
        guard let answer = DialogueAnswer(phrase) else { throw AssignmentRefusal.notAsked }
        let author = Author(
            operator: `operator`.isEmpty ? working.record.operator : `operator`)
        return try apply(answer, turn: turn, at: time, by: author, in: &transaction)
    }
}

extension IntakeRound {
    /// nil: the capture is none of the dialogue's business, if there is one.
    mutating func answer(
        _ capture: Capture, _ scan: Scan?, operator: String,
        in transaction: inout StationTransaction
    ) throws -> Answered? {
        guard let working else { return nil }
        let spoken: DialogueAnswer? =
            if case .spoken(let phrase) = capture.payload { DialogueAnswer(phrase) } else { nil }
        guard let answer = spoken ?? scan.flatMap({ DialogueAnswer($0) }) else { return nil }
        guard working.dialogue.hears(answer) else {
            // Whoever scans on has seen that the assignment is done.
            if working.dialogue.isDone, !working.dialogue.state.isPaused {
                try close(at: capture.time, in: transaction)
            }
            return nil
        }
        if spoken == nil, isRepeat(capture, of: answer) {
            var answered = Answered(
                Feedback(.error, code: "repeat", message: "It was just read: this read is ignored.")
            )
            answered.isRefused = true
            return answered
        }
        let author = Author(
            device: capture.device.rawValue,
            operator: `operator`.isEmpty ? working.record.operator : `operator`)
        return try apply(answer, turn: nil, at: capture.time, by: author, in: &transaction)
    }

    /// nil: the command is none of the dialogue's business, if there is one.
    mutating func answer(
        _ command: Command, at time: CaptureTime, operator: String,
        in transaction: inout StationTransaction
    ) throws -> IntakeReceipt? {
        guard let working, let answer = DialogueAnswer(command), working.dialogue.hears(answer)
        else { return nil }
        let author = Author(
            operator: `operator`.isEmpty ? working.record.operator : `operator`)
        let answered = try apply(answer, turn: nil, at: time, by: author, in: &transaction)
        var record = IntakeRecord(command, at: time, operator: `operator`)
        record.meaning = "answer"
        return try self.record(record, answered, in: transaction)
    }

    private mutating func isRepeat(_ capture: Capture, of answer: DialogueAnswer) -> Bool {
        guard case .item = answer, let wait = workflow.settings.repeatPolicy.wait
        else { return false }
        let earlier = reads.updateValue(capture, forKey: capture.device)
        guard let earlier, earlier.payload == capture.payload else { return false }
        let passed = capture.time.monotonicMicroseconds - earlier.time.monotonicMicroseconds
        return (0..<wait.wholeMicroseconds).contains(passed)
    }

    private mutating func apply(
        _ answer: DialogueAnswer, turn: Int?, at time: CaptureTime, by author: Author,
        in transaction: inout StationTransaction
    ) throws -> Answered {
        guard var working else { throw AssignmentRefusal.none }
        let manner = working.dialogue.manner
        let outcome = working.dialogue.answer(
            answer, turn: turn, nextOperation: try transaction.nextOperation(of: life))
        let operations = try transaction.append(
            outcome.operations, life: life, by: author, wallMicroseconds: time.wallMicroseconds)
        working.record.state = working.dialogue.state
        self.working = working
        question = Question(outcome.prompt, working.dialogue)
        if working.dialogue.manner != manner {
            try transaction.save(working.dialogue.manner, of: working.record.operator)
        }
        if outcome.isClosed {
            try close(at: time, in: transaction)
        } else {
            try transaction.save(working.record)
        }
        var answered = Answered(outcome.feedback)
        answered.operations = operations
        answered.isRefused = outcome.feedback.signal == .error
        return answered
    }

    private mutating func close(
        at time: CaptureTime, in transaction: StationTransaction
    ) throws {
        guard var record = working?.record else { return }
        record.stage = .closed
        record.closedMicroseconds = time.wallMicroseconds
        try transaction.save(record)
        (working, question) = (nil, nil)
    }

    func record(
        _ record: IntakeRecord, _ answered: Answered, in transaction: StationTransaction
    ) throws -> IntakeReceipt {
        var record = record
        let feedback = answered.feedback
        record.decision = (answered.isRefused ? Decision.refused : .taken).rawValue
        record.signal = feedback.signal.rawValue
        record.code = feedback.code ?? ""
        record.message = feedback.message
        record.operations = answered.operations
        return IntakeReceipt(sequence: try transaction.record(record), feedback: feedback)
    }
}

extension Duration {
    fileprivate var wholeMicroseconds: Int64 {
        components.seconds.multipliedReportingOverflow(by: 1_000_000).partialValue
            + components.attoseconds / 1_000_000_000_000
    }
}
