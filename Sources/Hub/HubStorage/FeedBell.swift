import Replication
import Synchronization

/// Wakes those who wait for the feed to grow. Nobody polls.
final class FeedBell: Sendable {
    private struct State {
        var position: FeedPosition
        var waiting: [UInt64: CheckedContinuation<Void, Never>] = [:]
        /// Waits that were cancelled before they began.
        var cancelled: Set<UInt64> = []
        var nextID: UInt64 = 0
    }

    private let state: Mutex<State>

    init(position: FeedPosition) {
        state = Mutex(State(position: position))
    }

    var position: FeedPosition { state.withLock { $0.position } }

    /// The feed now goes up to `position`, durably.
    func ring(_ position: FeedPosition) {
        let woken = state.withLock { state in
            guard position > state.position else { return [CheckedContinuation<Void, Never>]() }
            state.position = position
            defer { state.waiting = [:] }
            return Array(state.waiting.values)
        }
        for continuation in woken { continuation.resume() }
    }

    /// Returns when the feed goes beyond `position`, or the task is cancelled.
    func wait(after position: FeedPosition) async {
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    if state.position > position || state.cancelled.remove(id) != nil {
                        return true
                    }
                    state.waiting[id] = continuation
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            cancel(id)
        }
        state.withLock { _ = $0.cancelled.remove(id) }
    }

    private func cancel(_ id: UInt64) {
        let continuation = state.withLock { state in
            let continuation = state.waiting.removeValue(forKey: id)
            if continuation == nil { state.cancelled.insert(id) }
            return continuation
        }
        continuation?.resume()
    }
}
