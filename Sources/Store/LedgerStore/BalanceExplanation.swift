public import Replication

/// How a balance came about: `value = counted + notSeen`, or `seen + notSeen` without a count.
public struct BalanceExplanation: Sendable, Equatable {
    public var key: StockKey
    public var value: Int64
    /// The count that holds; nil when nobody counted.
    public var count: CountLine?
    /// Sum of the postings in force that the counter had seen: they are in the count.
    public var seen: Int64
    /// Sum of the others; without a count, all are others.
    public var notSeen: Int64
    /// The newest first.
    public var postings: [PostingLine]
    /// There are older postings than those listed.
    public var isTruncated: Bool
    public var recount: Recount?

    public struct CountLine: Sendable, Equatable {
        public var author: Author
        public var counted: Int64
        /// What the count changed: counted, less what stood there for its counter.
        public var correction: Int64
    }

    public struct PostingLine: Sendable, Equatable {
        public var author: Author
        public var kind: OperationKind
        public var quantity: Int64
        /// The standing count includes it.
        public var isCounted: Bool
    }

    /// Who did something, and when.
    public struct Author: Sendable, Equatable {
        public var id: OperationID
        public var station: StationCode
        public var device: String
        public var `operator`: String
        public var clock: HybridTime

        init(_ operation: Operation) {
            id = operation.id
            station = operation.station
            device = operation.device
            `operator` = operation.operator
            clock = operation.clock
        }
    }
}

/// How much of something is somewhere.
public struct StockBalance: Sendable, Equatable {
    public var key: StockKey
    public var value: Int64
    /// Somebody should count again.
    public var recount: Recount?
}

/// Which balances to list. Results are in order of item, place, lot.
public struct StockFilter: Sendable, Equatable {
    public var item: ItemCode?
    public var place: PlaceCode?
    /// Only what comes after this key: the last one of the page before.
    public var after: StockKey?

    public init(item: ItemCode? = nil, place: PlaceCode? = nil, after: StockKey? = nil) {
        self.item = item
        self.place = place
        self.after = after
    }
}
