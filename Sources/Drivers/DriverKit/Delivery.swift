public import Scans
import Synchronization

/// One capture on its way to the store, and the way back for the answer.
public struct Delivery: Sendable {
    public let capture: Capture
    /// How the line came in; nil for what has no lines.
    public let trace: LineTrace?
    /// Frees the capture's slot and tells the driver. Only the first answer counts; a delivery that
    /// is let go without one is answered with an error.
    public let answer: @Sendable (Feedback) -> Void

    init(
        capture: Capture, trace: LineTrace?, answer: @escaping @Sendable (Feedback) -> Void
    ) {
        let ticket = AnswerTicket(answer)
        self.capture = capture
        self.trace = trace
        self.answer = { ticket.answer($0) }
    }

    /// The same delivery, whose answer `observer` hears too, before the driver does.
    public func heard(by observer: @escaping @Sendable (Feedback) -> Void) -> Delivery {
        Delivery(capture: capture, trace: trace) { [answer] feedback in
            observer(feedback)
            answer(feedback)
        }
    }
}

/// How one line came in: what ended it, and how long it took from first to last byte or key.
public struct LineTrace: Sendable, Equatable {
    public enum Ending: String, Sendable, Codable {
        case carriageReturn = "CR"
        case lineFeed = "LF"
        case both = "CRLF"
        case tab = "Tab"
        case etx = "ETX"
        case enter = "Enter"
        case keypadEnter = "keypad Enter"
        case quietGap = "quiet gap"
    }

    public var ending: Ending
    public var span: Duration

    public init(ending: Ending, span: Duration) {
        self.ending = ending
        self.span = span
    }
}

/// An answer to one capture, for drivers that pass it on to the device.
public struct Verdict: Sendable, Equatable {
    /// Of a signal that no capture asked for.
    public static let nobody: UInt64 = 0
    /// Counts what the session delivered or refused, from 1.
    public var id: UInt64
    public var feedback: Feedback
}

/// What a session says beside captures.
public enum DeviceNotice: Sendable, Equatable {
    /// The device is open and waited on.
    case listening
    case warning(String)
    /// A line was thrown away, and the operator should hear it.
    case refused(Feedback)
    /// The device is held, and nothing it says is believed any more.
    case quarantined(DriverFault)
    /// Its driver's process has given up what it does not need.
    case confined(DeviceConfinement)
}

/// Makes sure that every capture gets exactly one answer.
private final class AnswerTicket: Sendable {
    private let pending: Mutex<(@Sendable (Feedback) -> Void)?>

    init(_ answer: @escaping @Sendable (Feedback) -> Void) {
        pending = Mutex(answer)
    }

    deinit {
        answer(Feedback(.error, code: "unanswered", message: "Nobody took the scan."))
    }

    func answer(_ feedback: Feedback) {
        let answer = pending.withLock { pending in
            defer { pending = nil }
            return pending
        }
        answer?(feedback)
    }
}
