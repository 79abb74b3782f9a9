import Replication

/// Gives each operation its rank, once.
///
/// Later than all its maker had seen, near the time at which it was made, and never far in the
/// future whatever the station's clock says.
struct Ranking {
    /// How far beyond the hub's clock a station's may lead an operation.
    static let leadLimitMicroseconds: Int64 = 60_000_000

    private let offsetMicroseconds: Int64
    private let receivedMicroseconds: Int64
    /// The end of the feed before this request: up to here it stands still.
    private let head: FeedPosition
    /// The greatest rank in the feed up to a base; one query serves the many that share it.
    private var seen: (base: FeedPosition, rank: Int64)?
    private let maximumRank: (FeedPosition) throws -> Int64

    init(
        offsetMicroseconds: Int64, receivedMicroseconds: Int64, head: FeedPosition,
        maximumRank: @escaping (FeedPosition) throws -> Int64
    ) {
        self.offsetMicroseconds = offsetMicroseconds
        self.receivedMicroseconds = receivedMicroseconds
        self.head = head
        self.maximumRank = maximumRank
    }

    /// `previous`: the rank of the operation before it in its maker's own past.
    mutating func rank(of operation: Operation, previous: Int64) throws -> Int64 {
        let made = operation.clock.rawValue.subtractingReportingOverflow(offsetMicroseconds)
        let corrected = made.overflow ? 0 : made.partialValue
        let time = min(corrected, receivedMicroseconds + Ranking.leadLimitMicroseconds)
        return max(time, try rank(upTo: operation.base) + 1, previous + 1)
    }

    private mutating func rank(upTo base: FeedPosition) throws -> Int64 {
        if let seen, seen.base == base { return seen.rank }
        let rank = try maximumRank(base)
        if base <= head { seen = (base, rank) }
        return rank
    }
}
