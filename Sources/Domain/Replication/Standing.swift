/// Where an operation stands among all others.
///
/// The hub gives position and rank once, when it takes the operation in. Until then a station
/// uses a rank of its own, above all it has seen.
public struct Standing: Hashable, Sendable {
    /// nil: the hub has not answered yet.
    public var position: FeedPosition?
    /// Decides between operations that did not see each other; ties by station, then id.
    public var rank: Int64
    /// Kept for ever, without effect.
    public var isRefused: Bool

    public init(position: FeedPosition?, rank: Int64, isRefused: Bool = false) {
        self.position = position
        self.rank = rank
        self.isRefused = isRefused
    }
}

/// An operation with its standing: what the fold works on.
public struct RankedOperation: Hashable, Sendable {
    public var operation: Operation
    public var standing: Standing

    public init(_ operation: Operation, _ standing: Standing) {
        self.operation = operation
        self.standing = standing
    }
}

/// Which incarnation grew from which: answers whether one operation is in another's own past.
public struct Lineage: Sendable, Equatable {
    private var links: [Incarnation: IncarnationLink]

    public init(_ links: [Incarnation: IncarnationLink] = [:]) {
        self.links = links
    }

    public mutating func insert(_ link: IncarnationLink, for child: Incarnation) {
        links[child] = link
    }

    public func link(of child: Incarnation) -> IncarnationLink? {
        links[child]
    }

    /// Whether the database that made `later` already held `earlier`, made on the same card.
    public func holds(_ earlier: OperationID, before later: OperationID) -> Bool {
        var life = later.incarnation
        var limit = later.sequence == 0 ? 0 : later.sequence - 1
        // A chain longer than the number of links would be a cycle, which no honest card makes.
        for _ in 0...links.count {
            if life == earlier.incarnation { return earlier.sequence <= limit }
            guard let link = links[life] else { return false }
            (life, limit) = (link.parent, link.sequence)
        }
        return false
    }
}
