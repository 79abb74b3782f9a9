public import Scans

/// What became of one thing that came in.
public struct IntakeReceipt: Sendable, Equatable {
    /// Its place in the record of what came in; nil: it could not be stored.
    public var sequence: Int64?
    public var feedback: Feedback

    public init(sequence: Int64?, feedback: Feedback) {
        self.sequence = sequence
        self.feedback = feedback
    }
}

/// Why the intake did not look at something. `code` is stable: docs/errors.md.
public enum IntakeError: Error, Equatable, CustomStringConvertible {
    /// The station is about to end.
    case stopping
    /// So many calls wait already.
    case busy(waiting: Int)

    public var code: String {
        switch self {
        case .stopping: "stopping"
        case .busy: "intake-busy"
        }
    }

    public var description: String {
        switch self {
        case .stopping: "The station is stopping, this was not taken."
        case .busy(let waiting): "\(waiting) scans and commands wait already, try again."
        }
    }
}
