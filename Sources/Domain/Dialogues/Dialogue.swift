public import Replication
import Scans

/// Leads an operator through an assignment: asks, takes any kind of answer, posts what was done.
///
/// Pure: no clock, no randomness, no I/O. One answer gives one outcome, and every question has
/// something to say to every answer (`DialogueTable`), so nobody gets stuck. What is refused leaves
/// everything as it was, but for the count of tries.
/// - pick: the place is proven, the goods are taken and moved to the order's place.
/// - count: what is there is said or scanned, read back, and stated as a `count`.
/// - transfer: as a pick, and then the destination is proven.
/// - receive: as a pick, the other way round: the goods are put away at the place.
public struct Dialogue: Sendable {
    /// How many scans of one line count before it must be said how many there are.
    static let scanLimit = 1000

    public let assignment: Assignment
    public internal(set) var state: DialogueState
    public internal(set) var manner: SpeechManner
    public let language: DialogueLanguage

    /// `assignment` must be valid. nil: `state` is none of this assignment's.
    public init?(
        _ assignment: Assignment, state: DialogueState = .init(), manner: SpeechManner = .init(),
        language: DialogueLanguage = .english
    ) {
        let lines = assignment.lines.indices
        guard lines.contains(state.line),
            Set(state.finished.map(\.line)).count == state.finished.count,
            state.finished.allSatisfy({ lines.contains($0.line) && $0.quantity >= 0 })
        else { return nil }
        self.assignment = assignment
        self.state = state
        self.manner = manner
        self.language = language
    }

    public var isDone: Bool { state.step == .done }

    /// `operations[i]` of the outcome is to get the sequence of `nextOperation` plus i. `turn`: of
    /// the question that is answered, where the one who answers knows it.
    public mutating func answer(
        _ answer: DialogueAnswer, turn: Int? = nil, nextOperation: OperationID
    ) -> DialogueOutcome {
        let before = self
        var step = DialogueStep(first: nextOperation)
        do throws(DialogueRefusal) {
            if let turn, turn != state.turn { throw .stale }
            try perform(state.action(on: answer), answer, in: &step)
        } catch {
            self = before
            if error != .stale { state.tries += 1 }
            step = DialogueStep(first: nextOperation)
            step.refuse(error)
        }
        if state.step != before.state.step || state.line != before.state.line { state.tries = 0 }
        state.turn += 1
        return step.outcome(self)
    }

    private mutating func perform(
        _ action: DialogueAction, _ answer: DialogueAnswer, in step: inout DialogueStep
    ) throws(DialogueRefusal) {
        switch action {
        case .arrive: try arrive()
        case .checkDigits(let digits): try check(digits, in: &step)
        case .state(let number): try state(number, in: &step)
        case .short(let number): try short(number)
        case .scanPlace: try scanPlace(answer, in: &step)
        case .scanItem: try scanItem(answer, in: &step)
        case .scanSubstitute: try scanSubstitute(answer)
        case .put: try put(in: &step)
        case .carryOut: try carryOut(in: &step)
        case .takeBack: takeBack()
        case .undo: try undo(in: &step)
        case .skip: try skip(in: &step)
        case .askSubstitute: try askSubstitute()
        case .askCancel: askCancel()
        case .close: step.isClosed = true
        case .inform(let sentence): step.notice = sentence
        case .again: step.isRepeat = true
        case .pause: (state.isPaused, step.notice) = (true, .paused)
        case .resume: state.isPaused = false
        case .manner(let change):
            step.notice = manner.apply(change) ? .mannerChanged : .mannerAtLimit
        case .refuse(let refusal): throw refusal
        }
    }
}

extension Dialogue: Equatable {
    public static func == (one: Dialogue, other: Dialogue) -> Bool {
        one.assignment == other.assignment && one.state == other.state
            && one.manner == other.manner && one.language.name == other.language.name
    }
}

extension Dialogue {
    /// The line that is asked about; when all is done, the last one.
    public var line: AssignmentLine { assignment.lines[state.line] }

    /// What is taken here, which may not be what was ordered.
    var item: ItemCode { state.substitute ?? line.item }

    public var scannedQuantity: Int64 { state.scanned.reduce(0) { $0 + $1.quantity } }

    /// In the order in which they will be asked about.
    public var openLines: [Int] {
        let finished = Set(state.finished.map(\.line))
        let all = assignment.lines.indices.filter { !finished.contains($0) }
        return all.filter { $0 >= state.line } + all.filter { $0 < state.line }
    }
}
