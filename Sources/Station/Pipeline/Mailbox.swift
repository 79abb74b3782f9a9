import Dispatch
import Synchronization

/// Many threads put in, one takes everything out. Its bound is that of who puts in: a device has
/// at most so many captures unanswered.
final class Mailbox<Element: Sendable>: Sendable {
    private let waiting = Mutex<[Element]>([])
    private let arrived = DispatchSemaphore(value: 0)

    func put(_ element: Element) {
        let isFirst = waiting.withLock { waiting in
            waiting.append(element)
            return waiting.count == 1
        }
        if isFirst { arrived.signal() }
    }

    /// Blocks until there is something, then takes the oldest `limit`. nil: the time is over.
    func take(limit: Int, until deadline: DispatchTime) -> [Element]? {
        guard arrived.wait(timeout: deadline) == .success else { return nil }
        let (taken, isMore) = waiting.withLock { waiting in
            let taken = Array(waiting.prefix(limit))
            waiting.removeFirst(taken.count)
            return (taken, !waiting.isEmpty)
        }
        if isMore { arrived.signal() }
        return taken
    }
}
