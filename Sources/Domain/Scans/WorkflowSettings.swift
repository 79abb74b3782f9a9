public import Replication

/// How a station groups scans: the operator's choices.
public struct WorkflowSettings: Sendable, Equatable {
    /// The place until one is scanned.
    public var defaultPlace: PlaceCode
    /// A batch closes with this many lines. At least 1, at most `Workflow.batchLineLimit`.
    public var batchLines: Int
    /// A batch closes when nothing was scanned for so long; nil: never for that reason.
    public var quietGap: Duration?
    public var repeatPolicy: RepeatPolicy
    /// What one device reads with less than this between two reads belongs together, as the codes
    /// of one picture do. Zero: nothing does.
    public var burst: Duration

    public init(
        defaultPlace: PlaceCode = "DOCK", batchLines: Int = 200,
        quietGap: Duration? = .seconds(300), repeatPolicy: RepeatPolicy = .count,
        burst: Duration = .milliseconds(200)
    ) {
        self.defaultPlace = defaultPlace
        self.batchLines = batchLines
        self.quietGap = quietGap
        self.repeatPolicy = repeatPolicy
        self.burst = burst
    }
}

/// What the same code means when one device reads it twice in a row.
public enum RepeatPolicy: Sendable, Equatable {
    /// Two equal items: every read counts.
    case count
    /// One item read twice, as long as less than this lies between two reads.
    ///
    /// A command, such as a quantity, or another code between them ends the wait.
    case ignoreWithin(Duration)
    /// As long as less than this lies between two reads, the second counts when somebody says so.
    case askWithin(Duration)

    /// How soon a read is taken for a repeat; nil: never.
    public var wait: Duration? {
        switch self {
        case .count: nil
        case .ignoreWithin(let wait), .askWithin(let wait): wait
        }
    }
}
