/// What decides between two operations: who made it, what it had seen, where it stands.
public struct OperationMark: Hashable, Sendable {
    public var id: OperationID
    public var station: StationCode
    /// How far its maker knew the feed: before the operation itself, whatever it says. After a hub
    /// was put back to an older state, what came later stands at positions that were seen before.
    public var base: FeedPosition
    /// `unpositioned` until the hub has answered.
    public var position: FeedPosition
    public var rank: Int64

    /// Later than any base, so that nobody elsewhere has seen it.
    public static let unpositioned = FeedPosition.max

    public init(
        id: OperationID, station: StationCode, base: FeedPosition, position: FeedPosition?,
        rank: Int64
    ) {
        self.id = id
        self.station = station
        self.position = position ?? OperationMark.unpositioned
        self.base = min(base, self.position - min(self.position, 1))
        self.rank = rank
    }

    public init(_ ranked: RankedOperation) {
        self.init(
            id: ranked.operation.id, station: ranked.operation.station,
            base: ranked.operation.base, position: ranked.standing.position,
            rank: ranked.standing.rank)
    }

    /// Whether `other` wins where only one can hold. Total: no two operations are equal.
    public func yields(to other: OperationMark) -> Bool {
        if rank != other.rank { return rank < other.rank }
        if station != other.station { return station < other.station }
        return id < other.id
    }
}

/// How a posting and the count that stands beside it relate.
public enum Sight: Hashable, Sendable {
    /// The counter had seen the posting: it is in the count.
    case seen
    /// The posting was made knowing the count: it comes on top.
    case later
    /// Neither saw the other, so nobody knows which came first.
    case concurrent
}

extension Sight {
    /// `saw` answers whether the maker of its second argument knew of its first.
    public init(
        of posting: OperationMark, from count: OperationMark,
        saw: (OperationMark, OperationMark) throws -> Bool
    ) rethrows {
        if try saw(posting, count) {
            self = .seen
        } else {
            self = try saw(count, posting) ? .later : .concurrent
        }
    }
}

extension Lineage {
    /// Whether the station that made `later` knew of `earlier`: through the feed, or because
    /// its own card held it.
    public func saw(_ earlier: OperationMark, from later: OperationMark) -> Bool {
        if earlier.position <= later.base { return true }
        guard earlier.station == later.station else { return false }
        return holds(earlier.id, before: later.id)
    }
}
