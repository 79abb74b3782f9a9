import LinuxIO
import Scans
import Synchronization

/// Signals that wait to be shown: of those that came meanwhile, only the gravest is.
final class SignalQueue: Sendable {
    private struct State {
        var gravest: Feedback.Signal?
        var isClosed = false
    }

    let wakeup: Wakeup
    private let state = Mutex(State())

    init() throws(LinuxError) {
        wakeup = try Wakeup()
    }

    func put(_ signal: Feedback.Signal) {
        state.withLock { state in
            let other = state.gravest ?? signal
            state.gravest = other.gravity > signal.gravity ? other : signal
        }
        wakeup.signal()
    }

    func take() -> Feedback.Signal? {
        state.withLock { state in
            defer { state.gravest = nil }
            return state.gravest
        }
    }

    /// Whether something waits that must not wait for the end of `signal`.
    func interrupts(_ signal: Feedback.Signal) -> Bool {
        state.withLock { $0.isClosed || $0.gravest.map { $0.gravity >= signal.gravity } ?? false }
    }

    func close() {
        state.withLock { $0.isClosed = true }
        wakeup.signal()
    }

    var isClosed: Bool { state.withLock { $0.isClosed } }
}

extension Feedback.Signal {
    /// What the operator must hear above the rest has the greatest.
    var gravity: Int {
        switch self {
        case .ok: 0
        case .done: 1
        case .batch: 2
        case .unknown: 3
        case .error: 4
        }
    }
}
