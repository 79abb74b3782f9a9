import DriverKit
import LinuxIO
import Scans
import Synchronization

/// Plays the daemon: keeps deliveries until a test answers them.
final class Desk: Sendable {
    private let pending = Mutex<[Delivery]>([])
    private let heard = Mutex<[DeviceNotice]>([])
    private let all = Mutex<[Capture]>([])

    func session(
        node: String = "/dev/null", inFlightLimit: Int = 256, answersItself: Bool = false
    ) throws -> DeviceSession {
        let device = DeviceDescriptor(
            name: "desk", designatedDriver: nil, node: node, subsystem: .other)
        return try DeviceSession(
            device, inFlightLimit: inFlightLimit,
            notices: { notice in self.heard.withLock { $0.append(notice) } },
            sink: { delivery in
                self.all.withLock { $0.append(delivery.capture) }
                if answersItself { return delivery.answer(Feedback(.ok, message: "Stored.")) }
                self.pending.withLock { $0.append(delivery) }
            })
    }

    /// Those that still wait for an answer.
    var texts: [String] { pending.withLock { $0.map(\.capture.text) } }
    var captures: [Capture] { all.withLock { $0 } }
    var notices: [DeviceNotice] { heard.withLock { $0 } }

    var refusals: [String?] {
        notices.compactMap { if case .refused(let feedback) = $0 { feedback.code } else { nil } }
    }

    func answerFirst(_ message: String = "Stored.") {
        pending.withLock { $0.removeFirst() }.answer(Feedback(.ok, message: message))
    }

    func answerLast(_ message: String = "Stored.") {
        pending.withLock { $0.removeLast() }.answer(Feedback(.ok, message: message))
    }

    func answerTwice() {
        let delivery = pending.withLock { $0.removeFirst() }
        for _ in 0..<2 { delivery.answer(Feedback(.ok, message: "Stored.")) }
    }

    func forget() {
        pending.withLock { $0 = [] }
    }

    func eventually(within limit: Duration = .seconds(20), _ isTrue: () -> Bool) -> Bool {
        let deadline = SystemTime.monotonic + limit
        while SystemTime.monotonic < deadline {
            if isTrue() { return true }
            _ = try? Poll.wait(timeout: .milliseconds(2))  // Only a pause.
        }
        return isTrue()
    }
}

extension Capture {
    var text: String {
        switch payload {
        case .code(let bytes): String(decoding: bytes, as: UTF8.self)
        case .keystrokes(let text): text
        case .spoken(let phrase): phrase.description
        case .badge(let badge): badge.text
        }
    }
}
