public import Replication

/// What happens to a workflow.
public enum WorkflowInput: Sendable, Equatable {
    case scan(Scan, from: DeviceName)
    /// nil: spoken by a program or a person, not read by a device.
    case command(Command, from: DeviceName?)
    /// Time has passed. Due at `Workflow.nextDeadlineMicroseconds`, harmless at any other time.
    case tick
}

/// What follows from one input: to be stored in one transaction, before the feedback is given.
public struct WorkflowOutcome: Sendable, Equatable {
    /// The one at index i gets the sequence of `nextOperation` plus i.
    public var operations: [OperationKind]
    /// nil: a tick that found nothing to do.
    public var feedback: Feedback?
    /// Every batch that this input touched, as it is now.
    public var batches: [BatchSummary]
    public var decision: Decision
    /// Set in look-up mode: what the operator wants to know about.
    public var lookUp: Meaning?
    /// Whether `Workflow.state` is another than before, and so must be stored.
    public var stateChanged: Bool
    /// What became of the open batch's lines, in this order.
    public var lines: [LineChange] = []
    /// Whether the state's last batch is another than before.
    public var lastChanged = false

    public init(
        operations: [OperationKind] = [], feedback: Feedback? = nil, batches: [BatchSummary] = [],
        decision: Decision = .taken, lookUp: Meaning? = nil, stateChanged: Bool = false
    ) {
        self.operations = operations
        self.feedback = feedback
        self.batches = batches
        self.decision = decision
        self.lookUp = lookUp
        self.stateChanged = stateChanged
    }
}

/// What was decided about an input; recorded with the scan.
public enum Decision: String, Sendable, Equatable, CaseIterable {
    case taken
    /// The same thing read twice, by the repeat policy or because it bears a number of its own.
    case repeatIgnored = "repeat-ignored"
    /// Not carried out; the feedback says why.
    case refused
}
