import GS1
import Replication

/// One input on its way to an outcome: numbers operations as they are made.
struct WorkflowStep {
    let time: CaptureTime
    let first: OperationID
    private(set) var outcome = WorkflowOutcome()

    init(at time: CaptureTime, first: OperationID) {
        self.time = time
        self.first = first
    }

    /// The id that the next operation will get.
    var next: OperationID {
        OperationID(
            incarnation: first.incarnation,
            sequence: first.sequence &+ UInt64(outcome.operations.count))
    }

    @discardableResult
    mutating func make(_ kind: OperationKind) -> OperationID {
        let id = next
        outcome.operations.append(kind)
        return id
    }

    mutating func touch(_ record: WorkflowBatch) {
        let summary = record.summary
        if let index = outcome.batches.firstIndex(where: { $0.code == summary.code }) {
            outcome.batches[index] = summary
        } else {
            outcome.batches.append(summary)
        }
    }

    mutating func say(_ signal: Feedback.Signal, code: String? = nil, _ message: String) {
        outcome.feedback = Feedback(signal, code: code, message: message)
    }

    /// Adds that the goods are past their day. They are taken all the same: facts are.
    mutating func warn(expired date: CalendarDate) {
        guard let feedback = outcome.feedback, feedback.signal != .error,
            feedback.code != "recalled", feedback.code != "expired"
        else { return }
        say(feedback.signal, code: "expired", "\(feedback.message) It expired on \(date).")
    }

    mutating func tell(_ measure: VariableMeasure) {
        guard let feedback = outcome.feedback, feedback.signal != .error else { return }
        let words =
            switch measure.kind {
            case .price: "price \(measure.value)"
            case .weight: "weight \(measure.value)"
            case .count: "count \(measure.value)"
            }
        say(feedback.signal, code: feedback.code, "\(feedback.message) Its label says: \(words).")
    }

    mutating func refuse(_ refusal: WorkflowRefusal) {
        outcome.decision = .refused
        outcome.feedback = Feedback(.error, code: refusal.code, message: refusal.message)
    }

    mutating func ignoreRepeat(_ message: String) {
        outcome.decision = .repeatIgnored
        outcome.feedback = Feedback(.error, code: "repeat", message: message)
    }

    mutating func askRepeat(_ message: String) {
        outcome.decision = .repeatIgnored
        outcome.feedback = Feedback(.unknown, code: "repeat-asked", message: message)
    }

    mutating func lookUp(_ meaning: Meaning) {
        outcome.lookUp = meaning
    }

    mutating func note(_ change: LineChange) {
        outcome.lines.append(change)
    }

    mutating func finish(stateChanged: Bool, lastChanged: Bool) -> WorkflowOutcome {
        outcome.stateChanged = stateChanged
        outcome.lastChanged = lastChanged
        return outcome
    }
}

/// Why an input was not carried out.
struct WorkflowRefusal: Error, Equatable {
    let code: String
    let message: String
}
