import Replication

/// How many operations are sent together: fewer while one among them is refused and nobody knows
/// which.
struct BatchSize: Sendable {
    let full: Int
    private(set) var current: Int
    /// The end of the batch that was refused.
    private var suspectEnd: FeedPosition = 0

    init(full: Int) {
        self.full = full
        current = full
    }

    /// `count` together were refused.
    mutating func halve(_ count: Int, upTo end: FeedPosition) {
        current = max(1, count / 2)
        suspectEnd = max(suspectEnd, end)
    }

    /// All up to `position` is dealt with.
    mutating func passed(_ position: FeedPosition) {
        current = position >= suspectEnd ? full : min(full, current * 2)
    }
}
