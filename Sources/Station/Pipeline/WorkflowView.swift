public import Replication
public import Scans

/// Where the work stands: what the operator's screen shows beside the scans.
public struct WorkflowView: Sendable, Equatable {
    public var mode: Mode
    /// What the next item is received at, counted at or taken from.
    public var place: PlaceCode
    /// What the next item stands for; nil: one.
    public var quantity: Int64?
    /// Units, profile and expected list.
    public var context: WorkflowContext
    public var openBatch: BatchSummary?
    /// The batch before, as long as its lines can be taken back.
    public var lastBatch: BatchSummary?

    init(_ workflow: Workflow) {
        mode = workflow.state.mode
        place = workflow.place
        quantity = workflow.state.quantity
        context = workflow.state.context
        openBatch = workflow.state.openBatch
        lastBatch = workflow.state.lastBatch
    }
}
