import DriverKit
import Scans

/// One thing that waits to be taken in, and the way back for the answer.
struct Entrance: Sendable {
    enum Content: Sendable {
        case capture(Capture)
        case command(Command, CaptureTime)
        case order(AssignmentOrder, CaptureTime)
    }

    let content: Content
    /// Who read it; nil: a person or a program said it.
    var device: DeviceName?
    let `operator`: String
    /// Called once, when it is durable or refused.
    let answer: @Sendable (IntakeReceipt) -> Void
}

extension Entrance {
    init(_ delivery: Delivery, operator: String) {
        content = .capture(delivery.capture)
        device = delivery.capture.device
        self.operator = `operator`
        answer = { delivery.answer($0.feedback) }
    }
}
