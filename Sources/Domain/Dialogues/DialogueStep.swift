public import Replication
public import Scans

/// One answer on its way to an outcome: numbers operations as they are made.
struct DialogueStep {
    let first: OperationID
    private(set) var operations: [OperationKind] = []
    private(set) var refusal: DialogueRefusal?
    var notice: DialogueSentence?
    /// The question is to be asked once more, in full.
    var isRepeat = false
    var isClosed = false

    init(first: OperationID) {
        self.first = first
    }

    @discardableResult
    mutating func make(_ kind: OperationKind) -> OperationID {
        defer { operations.append(kind) }
        return OperationID(
            incarnation: first.incarnation,
            sequence: first.sequence &+ UInt64(operations.count))
    }

    mutating func refuse(_ refusal: DialogueRefusal) {
        self.refusal = refusal
    }

    /// What the operator is told, in the words of `dialogue` as it is now.
    func outcome(_ dialogue: Dialogue) -> DialogueOutcome {
        let notice = refusal.map { DialogueSentence.refused($0, isAgain: dialogue.state.tries > 2) }
        let prompt = dialogue.prompt(after: notice ?? self.notice, inFull: isRepeat)
        return DialogueOutcome(
            operations: operations,
            feedback: Feedback(
                signal(dialogue), code: refusal?.rawValue,
                message: prompt.notice.isEmpty ? prompt.show : prompt.notice),
            prompt: prompt, isClosed: isClosed)
    }

    private func signal(_ dialogue: Dialogue) -> Feedback.Signal {
        if refusal != nil { return .error }
        if dialogue.isDone { return .batch }
        return notice == .posted || notice == .soFar ? .ok : .done
    }
}

/// What follows from one answer: to be stored in one transaction, before anything is said.
public struct DialogueOutcome: Sendable, Equatable {
    /// The one at index i gets the sequence of `nextOperation` plus i.
    public var operations: [OperationKind]
    public var feedback: Feedback
    public var prompt: DialoguePrompt
    /// The assignment is done, and the operator has said so.
    public var isClosed: Bool
}

/// What is said and shown next, and what is listened for.
public struct DialoguePrompt: Sendable, Equatable {
    /// For the ear: what became of the answer, then the question.
    public var say: String
    /// What became of the answer, for the eye; empty when there is nothing to tell.
    public var notice: String
    /// The question, for the eye.
    public var show: String
    /// The name of the language pack's grammar that fits the question.
    public var grammar: String
}
