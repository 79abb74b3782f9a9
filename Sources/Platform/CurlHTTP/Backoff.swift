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
