import Synchronization

/// How many failed attempts a span of time may see, over all who try.
final class AttemptLimit: Sendable {
    private let count: Int
    private let spanMicroseconds: Int64
    private let failures = Mutex<[Int64]>([])

    init(count: Int, perSeconds: Int) {
        self.count = count
        self.spanMicroseconds = Int64(perSeconds) * 1_000_000
    }

    /// Throws `HubError.tooManyRequests` while the span is full.
    func check(now: Int64) throws(HubError) {
        let oldest: Int64? = failures.withLock { [count] times in
            times.removeAll { $0 <= now - spanMicroseconds }
            return times.count < count ? nil : times.first
        }
        guard let oldest else { return }
        let wait = (oldest + spanMicroseconds - now) / 1_000_000 + 1
        throw .tooManyRequests(retryAfterSeconds: Int(wait))
    }

    func note(now: Int64) {
        failures.withLock { $0.append(now) }
    }
}
