import DriverKit
import LinuxIO
import Scans
import Synchronization

/// Plays the store: takes deliveries on one thread and answers them on another, as they come.
/// A scan of `bad` is refused.
final class Store: Sendable {
    private struct Seen {
        var captures: [Capture] = []
        var traces: [LineTrace?] = []
        var notices: [DeviceNotice] = []
        var waiting: [Delivery] = []
        var mostWaiting = 0
        var ending: DeviceThread.Ending?
    }

    private let seen = Mutex(Seen())
    private let work: Wakeup

    init() throws {
        work = try Wakeup()
    }

    var captures: [Capture] { seen.withLock { $0.captures } }
    var traces: [LineTrace?] { seen.withLock { $0.traces } }
    var notices: [DeviceNotice] { seen.withLock { $0.notices } }
    var mostWaiting: Int { seen.withLock { $0.mostWaiting } }
    var ending: DeviceThread.Ending? { seen.withLock { $0.ending } }

    func hear(_ notice: DeviceNotice) {
        seen.withLock { $0.notices.append(notice) }
    }

    func take(_ delivery: Delivery) {
        seen.withLock { seen in
            seen.captures.append(delivery.capture)
            seen.traces.append(delivery.trace)
            seen.waiting.append(delivery)
            seen.mostWaiting = max(seen.mostWaiting, seen.waiting.count)
        }
        work.signal()
    }

    func end(_ ending: DeviceThread.Ending) {
        seen.withLock { $0.ending = ending }
        work.signal()
    }

    /// Until the driver has ended.
    func answerAll() throws {
        while true {
            let (batch, isOver) = seen.withLock { seen in
                defer { seen.waiting = [] }
                return (seen.waiting, seen.ending != nil)
            }
            for delivery in batch { answer(delivery) }
            if isOver { return }
            if batch.isEmpty { _ = try Poll.wait(readable: [work.descriptor]) }
            work.drain()
        }
    }

    private func answer(_ delivery: Delivery) {
        let isBad = delivery.capture.payload == .code(Array("bad".utf8))
        delivery.answer(
            isBad
                ? Feedback(.error, code: "bad", message: "Bad.") : Feedback(.ok, message: "Stored.")
        )
    }
}
