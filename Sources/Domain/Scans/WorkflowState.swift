public import Replication

/// All that a workflow remembers: to be stored with every step, and given back after a restart.
///
/// Bounded: an open and a last batch of at most `Workflow.batchLineLimit` lines each, and the
/// last reads of `readLimit` devices.
public struct WorkflowState: Sendable, Equatable, Codable {
    public internal(set) var mode: Mode = .receive
    /// The place that was scanned or named last; nil: none yet, the settings say.
    public internal(set) var place: PlaceCode?
    /// What the next item stands for; nil: one.
    public internal(set) var quantity: Int64?
    /// How many batches this station has opened: keeps the codes of empty ones apart.
    var opened: UInt64 = 0
    var open: BatchRecord?
    var last: BatchRecord?
    /// One for each device, the latest at the end.
    var reads: [LastRead] = []

    /// How many devices a repeat is told for.
    static let readLimit = 16

    public init() {}

    public var openBatch: BatchSummary? { open?.summary }
    /// The batch that was open before, as long as its lines can be taken back.
    public var lastBatch: BatchSummary? { last?.summary }
}

/// What a device read last.
struct LastRead: Sendable, Equatable, Codable {
    var device: DeviceName
    var text: String
    var time: CaptureTime
}
