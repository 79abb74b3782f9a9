import CurlHTTP
import Synchronization

/// A backoff that several tasks share: one counts failures, another has success.
final class SharedBackoff: Sendable {
    private let backoff: Mutex<Backoff>

    init(limit: Duration) {
        backoff = Mutex(Backoff(limit: limit))
    }

    func next() -> Duration {
        backoff.withLock { $0.next { .random(in: 0..<1) } }
    }

    func reset() {
        backoff.withLock { $0.reset() }
    }
}
