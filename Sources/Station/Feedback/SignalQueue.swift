import LinuxIO
import Scans
import Synchronization

/// Signals that wait to be shown: of those that came meanwhile, only the gravest is. Of what is to
/// be said only the newest is: it answers what the operator did last.
final class SignalQueue: Sendable {
    private struct State {
        var gravest: Feedback.Signal?
        var utterance: Utterance?
        /// Counts what was to be said, silence as well.
        var turn = 0
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

    func say(_ utterance: Utterance?) {
        state.withLock { state in
            state.utterance = utterance
            state.turn += 1
        }
        wakeup.signal()
    }

    func takeUtterance() -> (utterance: Utterance, turn: Int)? {
        state.withLock { state in
            defer { state.utterance = nil }
            return state.utterance.map { ($0, state.turn) }
        }
    }

    /// A signal came between: it is said again, unless there is something newer to say.
    func sayAgain(_ utterance: Utterance, turn: Int) {
        state.withLock { if $0.turn == turn { $0.utterance = utterance } }
    }

    /// Whether what is being said must stop.
    func cutsOff(turn: Int) -> Bool {
        state.withLock { $0.isClosed || $0.gravest != nil || $0.turn != turn }
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
