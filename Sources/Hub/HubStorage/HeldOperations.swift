public import Replication

/// Which of its own operations a station still has, by its last hello.
///
/// A station whose card was put back to an older image has lost some of what it made. Those
/// come down the feed whole; of all others it only needs to hear where they stand.
public struct HeldOperations: Sendable {
    private var last: [Incarnation: UInt64]
    /// What came after this was sent by the running station itself.
    private var position: FeedPosition

    public init(last: [Incarnation: UInt64], position: FeedPosition) {
        self.last = last
        self.position = position
    }

    func contains(_ id: OperationID, at position: FeedPosition) -> Bool {
        position > self.position || id.sequence <= last[id.incarnation] ?? 0
    }
}
