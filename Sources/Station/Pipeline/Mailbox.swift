import Dispatch
import Synchronization

/// Many threads put in, one takes everything out. Its bound is that of who puts in: a device has
/// at most so many captures unanswered.
final class Mailbox<Element: Sendable>: Sendable {
    enum Taking {
        case elements([Element])
        /// The time is over, or somebody wants the taker to look at the clock.
        case nothing
        /// Nothing is left and nothing will come.
        case closed
    }

    private struct State {
        var waiting: [Element] = []
        var calls: [@Sendable () -> Void] = []
        var isClosed = false
    }

    private let state = Mutex(State())
    private let arrived = DispatchSemaphore(value: 0)

    var count: Int { state.withLock { $0.waiting.count } }

    /// false: closed, and the element was not taken in.
    func put(_ element: Element) -> Bool {
        let (isTaken, isFirst) = state.withLock { state in
            guard !state.isClosed else { return (false, false) }
            state.waiting.append(element)
            return (true, state.waiting.count == 1)
        }
        if isFirst { arrived.signal() }
        return isTaken
    }

    /// Nothing more comes in; what waits can still be taken.
    func close() {
        state.withLock { $0.isClosed = true }
        arrived.signal()
    }

    /// Wakes the taker though nothing came.
    func wake() {
        arrived.signal()
    }

    /// Calls back on the taker's thread when it comes round. false: closed, and it may have gone.
    func callOnTurn(_ call: @escaping @Sendable () -> Void) -> Bool {
        let isTaken = state.withLock { state in
            if !state.isClosed { state.calls.append(call) }
            return !state.isClosed
        }
        if isTaken { arrived.signal() }
        return isTaken
    }

    /// Blocks until there is something, then takes the oldest `limit`.
    func take(limit: Int, until deadline: DispatchTime) -> Taking {
        guard arrived.wait(timeout: deadline) == .success else { return .nothing }
        let (taken, isMore, isClosed, calls) = state.withLock { state in
            let taken = Array(state.waiting.prefix(limit))
            state.waiting.removeFirst(taken.count)
            defer { state.calls = [] }
            return (taken, !state.waiting.isEmpty, state.isClosed, state.calls)
        }
        for call in calls { call() }
        if isMore || isClosed { arrived.signal() }
        guard taken.isEmpty else { return .elements(taken) }
        return isClosed ? .closed : .nothing
    }
}
