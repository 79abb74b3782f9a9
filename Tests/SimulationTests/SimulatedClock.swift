import Synchronization

/// The time of a simulation. It goes on only when it is told to.
final class SimulatedClock: Sendable {
    private let time = Mutex(Int64(1_800_000_000_000_000))

    /// Microseconds since 1970.
    var now: Int64 { time.withLock { $0 } }

    func advance(byMicroseconds microseconds: Int64) {
        time.withLock { $0 += microseconds }
    }
}
