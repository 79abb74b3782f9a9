public import LedgerStore
import Replication
import SyncProtocol

/// `GET /v1/stock`.
public struct StockList: Codable, Sendable {
    public var stock: [StockReport]
    /// Where the next page begins: its `after`. Absent on the last page.
    public var next: String?
}

/// How much of an item is at a place.
public struct StockReport: Codable, Sendable {
    public var item: String
    public var place: String
    public var lot: String?
    public var quantity: Int64
    public var recount: RecountReport?
    /// true: the other side of the books, where nothing lies. Absent at places that there are.
    public var isInternal: Bool?

    public init(_ balance: StockBalance) {
        item = balance.key.item.rawValue
        place = balance.key.place.rawValue
        lot = balance.key.lot.rawValue.isEmpty ? nil : balance.key.lot.rawValue
        quantity = balance.value
        recount = balance.recount.map(RecountReport.init)
        isInternal = balance.key.place.isInternal ? true : nil
    }
}

/// Somebody should count again: something happened that the counter may not have seen.
public struct RecountReport: Codable, Sendable {
    /// What the books say: it happened after the count.
    public var quantity: Int64
    /// What is there if it happened before.
    public var ifCountedLast: Int64

    init(_ recount: Recount) {
        (quantity, ifCountedLast) = (recount.value, recount.ifCountedLast)
    }
}

/// `GET /v1/stock/explain`: `quantity` is `counted + notSeen`, or all postings without a count.
public struct BalanceReport: Codable, Sendable {
    public var item: String
    public var place: String
    public var lot: String?
    public var quantity: Int64
    public var count: Count?
    /// Sum of the postings that the count includes.
    public var seen: Int64
    /// Sum of those that it doesn't.
    public var notSeen: Int64
    /// The newest first.
    public var postings: [Posting]
    /// There are older postings than these.
    public var isTruncated: Bool
    public var recount: RecountReport?

    public struct Count: Codable, Sendable {
        public var by: AuthorReport
        public var counted: Int64
        /// What the count changed.
        public var correction: Int64
    }

    public struct Posting: Codable, Sendable {
        public var by: AuthorReport
        public var kind: String
        public var quantity: Int64
        /// The count that holds includes it.
        public var isCounted: Bool
    }

    public init(_ explanation: BalanceExplanation) {
        item = explanation.key.item.rawValue
        place = explanation.key.place.rawValue
        lot = explanation.key.lot.rawValue.isEmpty ? nil : explanation.key.lot.rawValue
        quantity = explanation.value
        count = explanation.count.map {
            Count(
                by: AuthorReport($0.author), counted: $0.counted, correction: $0.correction)
        }
        (seen, notSeen) = (explanation.seen, explanation.notSeen)
        postings = explanation.postings.map {
            Posting(
                by: AuthorReport($0.author), kind: $0.kind.name, quantity: $0.quantity,
                isCounted: $0.isCounted)
        }
        isTruncated = explanation.isTruncated
        recount = explanation.recount.map(RecountReport.init)
    }
}

/// Who did something, and when.
public struct AuthorReport: Codable, Sendable {
    public var id: String
    public var station: String
    public var device: String?
    public var `operator`: String?
    public var time: String

    init(_ author: BalanceExplanation.Author) {
        id = author.id.description
        station = author.station.rawValue
        device = author.device.isEmpty ? nil : author.device
        self.operator = author.operator.isEmpty ? nil : author.operator
        time = author.clock.text
    }
}
