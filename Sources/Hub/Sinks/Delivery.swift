import CurlHTTP
import HubStorage
import Replication

/// What one operation says to a receiver.
struct SinkRecord: Sendable {
    var id: OperationID
    var position: FeedPosition
    /// When it happened, by the hub's estimate: microseconds since 1970.
    var time: Int64
    /// JSON; empty: it says nothing to this receiver.
    var payload: [UInt8]
}

/// What became of some records: all before `takenCount` are confirmed.
struct Delivery: Sendable {
    enum Trouble: Sendable, Equatable {
        /// Something in them can't be taken, now or later.
        case refused(SinkFault)
        /// `after`: how long the receiver wants to be left alone.
        case later(SinkFault, after: Duration? = nil)
        /// The receiver wants no more, ever.
        case gone(SinkFault)
    }

    var takenCount: Int
    /// How many were sent, of those that were given.
    var triedCount: Int
    var trouble: Trouble?

    static func taken(_ count: Int) -> Delivery { Delivery(takenCount: count, triedCount: count) }

    static func none(of count: Int, _ trouble: Trouble) -> Delivery {
        Delivery(takenCount: 0, triedCount: count, trouble: trouble)
    }
}

/// How what the log holds gets to one kind of receiver.
protocol Carrier: Sendable {
    /// What the operations after `position` say, a record each, in order.
    func records(
        after position: FeedPosition, limit: Int, in tenant: TenantStore
    ) async throws -> [SinkRecord]

    /// Hands them over in order, or the first of them. Throws only when its task is cancelled.
    func deliver(_ records: [SinkRecord]) async throws -> Delivery

    /// Nothing is delivered any more.
    func close()
}

extension Carrier {
    func close() {}
}
