public import Replication

/// How far an assignment has come: stored with every answer, in the transaction that stores what
/// the answer did, so that a restart goes on where the last answer left off.
public struct DialogueState: Sendable, Equatable, Codable {
    /// What is asked.
    public enum Step: Sendable, Equatable, Codable {
        case place
        case quantity
        /// Of a transfer, with so much in hand.
        case destination(Int64)
        /// What would be done is read back.
        case confirm(Readback)
        /// The other goods are to be scanned.
        case substitute
        case done
    }

    /// What is risky, and therefore said back before it is done.
    public enum Readback: Sendable, Equatable, Codable {
        case short(Int64)
        /// More than was asked for.
        case over(Int64)
        case count(Int64)
        case substitute(ItemCode, LotCode)
        case cancel
    }

    public internal(set) var step: Step = .place
    /// The current line, from 0.
    public internal(set) var line = 0
    /// Counts the answers: whoever answers an older question is told so.
    public internal(set) var turn = 1
    public internal(set) var isPaused = false
    public internal(set) var isCancelled = false
    /// What was scanned at this line and is not posted yet.
    var scanned: [Scanned] = []
    /// What is taken in place of the ordered goods.
    var substitute: ItemCode?
    /// Where a read-back came from: a cancelled one goes back there.
    var wasAtPlace = false
    /// Wrong tries at this question.
    var tries = 0
    /// In the order in which they were finished.
    public internal(set) var finished: [FinishedLine] = []

    public init() {}

    /// The same state, with each operation by the name that `name` gives it.
    public func renamed(_ name: (OperationID) -> OperationID) -> DialogueState {
        var state = self
        for index in state.finished.indices {
            state.finished[index].operations = finished[index].operations.map(name)
        }
        return state
    }
}

/// One scan that counts.
struct Scanned: Sendable, Equatable, Codable {
    var lot: LotCode
    var quantity: Int64
}

extension DialogueState {
    /// As it is taken up again by somebody who starts it.
    public var awake: DialogueState {
        var state = self
        state.isPaused = false
        return state
    }
}
