public import DriverKit
import LinuxIO
public import Scans
import Synchronization

/// A driver at work on a thread of its own, and what has come of it so far.
public final class DriverRun: Sendable {
    private struct Yield {
        var deliveries: [Delivery] = []
        var answered = 0
        var notices: [DeviceNotice] = []
        var ending: DeviceThread.Ending?
    }

    /// A reference of its own, so that the thread does not keep the run alive.
    private final class Ledger: Sendable {
        let yield = Mutex(Yield())
    }

    private let ledger = Ledger()
    private let session: DeviceSession
    private let thread: DeviceThread

    /// Starts at once. Without `answers` every capture waits for `answerAll`.
    public init(
        _ driver: any Driver, node: String, subsystem: DeviceDescriptor.Subsystem = .other,
        inFlightLimit: Int = DeviceSession.defaultInFlightLimit, answers: Bool = true,
        feedback: Feedback = DriverRun.good
    ) throws {
        let device = DeviceDescriptor(
            name: "scanner", designatedDriver: driver.name, node: node, subsystem: subsystem)
        session = try DeviceSession(
            device, inFlightLimit: inFlightLimit,
            notices: { [ledger] notice in ledger.yield.withLock { $0.notices.append(notice) } },
            sink: { [ledger] delivery in
                ledger.yield.withLock { $0.deliveries.append(delivery) }
                if answers { delivery.answer(feedback) }
            })
        thread = try DeviceThread(driver, session) { [ledger] ending in
            ledger.yield.withLock { $0.ending = ending }
        }
    }

    deinit {
        session.stop()
        thread.join()
    }

    public static let good = Feedback(.done, code: "test", message: "Taken.")

    /// Answers everything that came so far.
    public func answerAll() {
        let waiting = ledger.yield.withLock { yield in
            defer { yield.answered = yield.deliveries.count }
            return yield.deliveries[yield.answered...]
        }
        for delivery in waiting { delivery.answer(Self.good) }
    }

    /// Asks the driver to stop and waits for its thread.
    @discardableResult
    public func stop() -> DeviceThread.Ending? {
        session.stop()
        thread.join()
        return ending
    }
}

extension DriverRun {
    public var payloads: [Payload] { traced.map(\.payload) }

    public var traced: [(payload: Payload, trace: LineTrace?)] {
        ledger.yield.withLock { $0.deliveries.map { ($0.capture.payload, $0.trace) } }
    }

    /// What was read, as text, whichever kind of device said it.
    public var texts: [String] {
        payloads.map { payload in
            switch payload {
            case .code(let bytes): String(decoding: bytes, as: UTF8.self)
            case .keystrokes(let text): text
            case .spoken(let phrase): phrase.description
            case .badge(let badge): badge.text
            }
        }
    }

    public var count: Int { ledger.yield.withLock { $0.deliveries.count } }

    public var notices: [DeviceNotice] { ledger.yield.withLock { $0.notices } }

    public var isListening: Bool { notices.contains(.listening) }

    /// The codes of the refusals, in order.
    public var refusals: [String] {
        notices.compactMap { notice in
            if case .refused(let feedback) = notice { feedback.code } else { nil }
        }
    }

    /// Why it does not believe its device any more, in order.
    public var quarantines: [DriverFault.Code] {
        notices.compactMap { notice in
            if case .quarantined(let fault) = notice { fault.code } else { nil }
        }
    }

    /// nil while it runs.
    public var ending: DeviceThread.Ending? { ledger.yield.withLock { $0.ending } }
}
