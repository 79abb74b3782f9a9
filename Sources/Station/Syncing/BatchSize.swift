import Synchronization

/// How many operations go into one request: grows while answers are quick, shrinks on trouble.
public struct BatchSize: Sendable, Equatable {
    public static let start = 100
    /// Nothing is gained past this: five hundred compress as well as two thousand.
    public static let ordinaryLimit = 500
    /// What a hub may advise at the most.
    public static let advisedLimit = 2000
    private static let quick = Duration.milliseconds(500)

    public private(set) var count = BatchSize.start
    private var limit = BatchSize.ordinaryLimit

    public init() {}

    public mutating func succeeded(in time: Duration, advised: Int) {
        if advised > 0 { limit = min(advised, Self.advisedLimit) }
        if time < Self.quick { count *= 2 }
        count = min(count, limit)
    }

    public mutating func failed() {
        count = max(1, count / 2)
    }
}

/// The batch size, which outlives the sessions.
final class SharedBatchSize: Sendable {
    private let size = Mutex(BatchSize())

    var count: Int { size.withLock { $0.count } }

    func succeeded(in time: Duration, advised: Int) {
        size.withLock { $0.succeeded(in: time, advised: advised) }
    }

    func failed() {
        size.withLock { $0.failed() }
    }
}
