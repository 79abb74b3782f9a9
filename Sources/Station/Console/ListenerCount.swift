import Synchronization

/// How many read the event stream, and no more than may.
final class ListenerCount: Sendable {
    static let limit = 256

    private let count = Mutex(0)

    var current: Int { count.withLock { $0 } }

    /// false: there are too many already.
    func enter() -> Bool {
        count.withLock { count in
            guard count < Self.limit else { return false }
            count += 1
            return true
        }
    }

    func leave() { count.withLock { $0 -= 1 } }
}
