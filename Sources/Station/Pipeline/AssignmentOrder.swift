public import Dialogues
public import Scans

/// What people and programs decide about assignments.
public enum AssignmentOrder: Sendable, Equatable {
    /// Here is one: it waits until it is started.
    case give(Assignment)
    /// The one that is worked on now, if any, waits with all that was done of it.
    case start(String)
    /// `turn`: of the question that is answered; nil: whichever is asked.
    case answer(SpokenPhrase, turn: Int?)
}

extension AssignmentOrder {
    /// What is kept of it in the record of what came in.
    var text: String {
        switch self {
        case .give(let assignment): "give \(assignment.code)"
        case .start(let code): "start \(code)"
        case .answer(let phrase, _): phrase.description
        }
    }
}

/// Why an order was not carried out; the code is stable: docs/errors.md.
enum AssignmentRefusal: Error, Equatable {
    case bad(AssignmentFault)
    case known(String)
    case unknown(String)
    case closed(String)
    case tooMany(limit: Int)
    case none
    case notAsked

    var code: String {
        switch self {
        case .bad: AssignmentFault.code
        case .known: "assignment-exists"
        case .unknown: "unknown-assignment"
        case .closed: "assignment-done"
        case .tooMany: "too-many-assignments"
        case .none: "no-assignment"
        case .notAsked: "not-asked"
        }
    }

    var message: String {
        switch self {
        case .bad(let fault): "\(fault)"
        case .known(let code): "There is an assignment '\(PrintableText(code))' already."
        case .unknown(let code): "There is no assignment '\(PrintableText(code))'."
        case .closed(let code): "The assignment '\(PrintableText(code))' is done."
        case .tooMany(let limit): "\(limit) assignments wait already."
        case .none: "No assignment is worked on: start one first."
        case .notAsked: "This is no answer."
        }
    }
}
