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

    /// Counts an attempt as failed until `succeeded` says otherwise, so that many at once are
    /// counted as well. Throws `HubError.tooManyRequests` while the span is full.
    func begin(now: Int64) throws(HubError) {
        let oldest: Int64? = failures.withLock { [count] times in
            times.removeAll { $0 <= now - spanMicroseconds }
            guard times.count >= count else {
                times.append(now)
                return nil
            }
            return times.first
        }
        guard let oldest else { return }
        let wait = (oldest + spanMicroseconds - now) / 1_000_000 + 1
        throw .tooManyRequests(retryAfterSeconds: Int(wait))
    }

    /// The attempt that began at `now` was a good one.
    func succeeded(now: Int64) {
        failures.withLock { times in
            if let index = times.lastIndex(of: now) { times.remove(at: index) }
        }
    }
}
