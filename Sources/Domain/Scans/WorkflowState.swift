public import Replication

/// All that a workflow remembers: to be stored with every step, and given back after a restart.
///
/// Bounded: an open and a last batch of at most `Workflow.batchLineLimit` lines each, and the
/// last reads of `readLimit` devices. What a step changed stands in its `WorkflowOutcome`, so that
/// a scan need not store the lines before it again.
public struct WorkflowState: Sendable, Equatable {
    public internal(set) var mode: Mode
    /// The place that was scanned or named last; nil: none yet, the settings say.
    public internal(set) var place: PlaceCode?
    /// What the next item stands for; nil: one.
    public internal(set) var quantity: Int64?
    /// How many batches this station has opened: keeps the codes of empty ones apart.
    public internal(set) var opened: UInt64
    public internal(set) var open: WorkflowBatch?
    public internal(set) var last: WorkflowBatch?
    /// One for each device, the latest at the end.
    public internal(set) var reads: [LastRead]
    public internal(set) var context: WorkflowContext

    /// How many devices a repeat is told for.
    static let readLimit = 16

    public init(
        mode: Mode = .receive, place: PlaceCode? = nil, quantity: Int64? = nil,
        opened: UInt64 = 0, open: WorkflowBatch? = nil, last: WorkflowBatch? = nil,
        reads: [LastRead] = [], context: WorkflowContext = .init()
    ) {
        self.mode = mode
        self.place = place
        self.quantity = quantity
        self.opened = opened
        self.open = open
        self.last = last
        self.reads = reads
        self.context = context
    }

    public var openBatch: BatchSummary? { open?.summary }
    /// The batch that was open before, as long as its lines can be taken back.
    public var lastBatch: BatchSummary? { last?.summary }
}

/// What a device read last.
public struct LastRead: Sendable, Equatable, Codable {
    var device: DeviceName
    var text: String
    var time: CaptureTime
}

/// What an input did to the lines of the open batch.
public enum LineChange: Sendable, Equatable {
    /// A batch begins: whatever lines are kept are another's.
    case begin
    case add(BatchEntry)
    /// By the line's name.
    case remove(OperationID)
}
