import Synchronization

/// The hub's time, as well as this station knows it.
final class HubClock: Sendable {
    private let wallClock: @Sendable () -> Int64
    private let offset = Mutex(Int64(0))

    init(_ wallClock: @escaping @Sendable () -> Int64) {
        self.wallClock = wallClock
    }

    /// This machine's own clock, right or wrong. Microseconds since 1970.
    var local: Int64 { wallClock() }

    var now: Int64 { wallClock() &+ offset.withLock { $0 } }

    /// The hub's clock less ours, in microseconds.
    func set(offset microseconds: Int64) {
        offset.withLock { $0 = microseconds }
    }
}
