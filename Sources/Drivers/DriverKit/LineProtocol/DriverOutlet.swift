import LinuxIO
import Scans
import Synchronization

/// A driver process's mouth: one message at a time, from any thread, and what waits for a verdict.
final class DriverOutlet: Sendable {
    private struct Waiting {
        var lastID: UInt64 = 0
        var answers: [UInt64: @Sendable (Feedback) -> Void] = [:]
    }

    private let output: Mutex<FileDescriptor>
    private let waiting = Mutex(Waiting())

    init(_ output: FileDescriptor) {
        self.output = Mutex(output)
    }

    func send(_ message: DriverMessage) {
        output.withLock { output in
            // It fails when the daemon has gone, and then the end of our input says so too.
            try? output.writeAll(LineProtocol.line(message), patience: .seconds(3600))
        }
    }

    func tell(_ notice: DeviceNotice) {
        switch notice {
        case .listening: send(.listening)
        case .warning(let message): send(.warning(message))
        case .refused(let feedback):
            send(.refused(code: feedback.code ?? "refused", message: feedback.message))
        case .quarantined(let fault): send(.quarantined(fault))
        case .confined(let confinement): send(.confined(confinement))
        }
    }

    /// Only the driver's thread delivers, so numbers leave in order.
    func deliver(_ delivery: Delivery) {
        let id = waiting.withLock { waiting in
            waiting.lastID += 1
            waiting.answers[waiting.lastID] = delivery.answer
            return waiting.lastID
        }
        let capture = delivery.capture
        send(
            .capture(
                CaptureMessage(
                    id: id, payload: capture.payload, aim: capture.aim, quality: capture.quality,
                    time: capture.time, trace: delivery.trace)))
    }

    func settle(_ verdict: Verdict) {
        let answer = waiting.withLock { $0.answers.removeValue(forKey: verdict.id) }
        answer?(verdict.feedback)
    }
}

/// How the driver's thread ended, for the thread that waits on the daemon.
final class EndedFlag: Sendable {
    private let wakeup: Wakeup
    private let value = Mutex<DeviceThread.Ending?>(nil)

    init() throws {
        wakeup = try Wakeup()
    }

    var descriptor: FileDescriptor { wakeup.descriptor }
    var ending: DeviceThread.Ending? { value.withLock { $0 } }

    func set(_ ending: DeviceThread.Ending) {
        value.withLock { $0 = $0 ?? ending }
        wakeup.signal()
    }
}
