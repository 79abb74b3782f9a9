/// The balance of one key, kept up to date posting by posting.
///
/// `value = total of postings in force + correction`. A count fixes the correction once: what
/// was counted, less what its counter had seen. Postings that it didn't see stay on top.
/// Sums wrap around rather than trap: one absurd quantity must not stop a hub, and wrapping
/// keeps them free of order.
public struct StockCell: Hashable, Sendable {
    public private(set) var total: Int64
    public private(set) var count: StandingCount?

    public init(total: Int64 = 0, count: StandingCount? = nil) {
        self.total = total
        self.count = count
    }

    public var value: Int64 { total &+ (count?.correction ?? 0) }

    /// nil: no count, or none that anything happened beside.
    public var recount: Recount? {
        guard let count, count.concurrentPostings > 0 else { return nil }
        return Recount(value: value, ifCountedLast: value &- count.concurrentSum)
    }

    /// Takes a posting in. `sight` is how it relates to the standing count, if there is one.
    public mutating func post(_ quantity: Int64, _ sight: Sight) {
        total &+= quantity
        count?.take(quantity, sight, postings: 1)
    }

    /// Takes a posting out again, because it was undone or refused.
    public mutating func withdraw(_ quantity: Int64, _ sight: Sight) {
        total &-= quantity
        count?.take(0 &- quantity, sight, postings: -1)
    }

    /// Lets `count` stand in place of whichever stood; nil when the last one was undone.
    ///
    /// `unseen` are the postings in force that its counter had not seen.
    public mutating func stand(
        _ winner: (mark: OperationMark, quantity: Int64)?,
        unseen: some Sequence<(quantity: Int64, sight: Sight)>
    ) {
        guard let winner else {
            count = nil
            return
        }
        var standing = StandingCount(mark: winner.mark, quantity: winner.quantity)
        var unseenSum: Int64 = 0
        for posting in unseen {
            unseenSum &+= posting.quantity
            standing.take(posting.quantity, posting.sight, postings: 1)
        }
        standing.correction = winner.quantity &- (total &- unseenSum)
        count = standing
    }
}

/// The count that holds for a cell: of all in force, the one with the highest rank.
public struct StandingCount: Hashable, Sendable {
    public var mark: OperationMark
    /// What was counted.
    public var quantity: Int64
    /// What was counted, less the postings in force that its counter had seen.
    public var correction: Int64
    /// Sum and number of the postings that neither saw nor were seen by the counter.
    public var concurrentSum: Int64
    public var concurrentPostings: Int64

    public init(
        mark: OperationMark, quantity: Int64, correction: Int64 = 0, concurrentSum: Int64 = 0,
        concurrentPostings: Int64 = 0
    ) {
        self.mark = mark
        self.quantity = quantity
        self.correction = correction
        self.concurrentSum = concurrentSum
        self.concurrentPostings = concurrentPostings
    }

    fileprivate mutating func take(_ quantity: Int64, _ sight: Sight, postings: Int64) {
        switch sight {
        case .seen: correction &-= quantity
        case .later: break
        case .concurrent where quantity == 0: break
        case .concurrent:
            concurrentSum &+= quantity
            concurrentPostings &+= postings
        }
    }
}

/// A balance that somebody should count again: postings stand beside a count, and nobody knows
/// which came first.
public struct Recount: Hashable, Sendable {
    /// What the books say: the postings came after the count.
    public var value: Int64
    /// What is there if they all came before it.
    public var ifCountedLast: Int64

    public init(value: Int64, ifCountedLast: Int64) {
        self.value = value
        self.ifCountedLast = ifCountedLast
    }
}
