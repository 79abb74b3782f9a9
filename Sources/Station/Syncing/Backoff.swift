/// How long to wait after failures: full jitter, `random(0 … min(limit, first × 2ⁿ))`.
///
/// Source: M. Brooker, "Exponential Backoff and Jitter" (2015). Two hundred stations that lost
/// their hub together don't come back together.
public struct Backoff: Sendable, Equatable {
    public let first: Duration
    public let limit: Duration
    public private(set) var failures = 0

    public init(first: Duration = .seconds(1), limit: Duration = .seconds(300)) {
        self.first = first
        self.limit = limit
    }

    /// Counts a failure and says how long to wait. `random` gives a number in 0 ..< 1.
    public mutating func next(random: () -> Double) -> Duration {
        let ceiling = min(limit, first * Int(1 << min(failures, 20)))
        failures += 1
        return ceiling * random()
    }

    public mutating func reset() {
        failures = 0
    }
}

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
