public import Replication
public import SyncProtocol

/// What the hub says to a station that sent operations.
public struct IntakeAnswer: Sendable, Equatable {
    public var cursors: [HubCursor]
    /// Those that were refused, now or when they first came.
    public var verdicts: [Verdict]
    /// The end of the feed.
    public var position: FeedPosition
    /// Operations that were new to the hub.
    public var taken: Int

    public struct Verdict: Sendable, Equatable {
        public var id: OperationID
        public var refusal: Refusal
    }
}

/// What the hub holds of an incarnation: everything up to `sequence`.
public struct HubCursor: Sendable, Equatable {
    public var incarnation: Incarnation
    public var sequence: UInt64
    public var chain: [UInt8]
}
