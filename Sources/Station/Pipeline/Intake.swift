public import DriverKit
import LinuxIO
public import Logging
public import ScanRules
public import Scans
public import StationStorage
import Synchronization

/// Takes in what devices, people and programs say: makes it durable, then answers.
///
/// One thread takes all that waits and makes one transaction of it: while the disk works on one,
/// the next gathers. Nobody hears "ok" before the transaction is on the disk.
public final class Intake: Sendable {
    /// How many calls of programs may wait; devices have bounds of their own.
    static let callLimit = 1024

    private let mailbox = Mailbox<Entrance>()
    private let standing: StandingWorkflow
    private let settings: StandingSettings
    private let clock: @Sendable () -> CaptureTime
    private let thread: KernelThread

    /// Goes on where the store says that work stood. `stored` is called after every transaction
    /// that stored something, on the intake's thread; `asked` when another question is asked of the
    /// operator, or none any more.
    public init(
        store: StationStore, life: Life, rules: InterpretationRules,
        scanRules: RuleSet = RuleSet(), workflow: WorkflowSettings,
        clock: @escaping @Sendable () -> CaptureTime = { .now },
        meter: IntakeMeter = .none,
        stored: @escaping @Sendable () -> Void,
        asked: @escaping @Sendable (Question?) -> Void = { _ in }, log: Logger
    ) throws {
        let state = try StoredWorkflow.restore(from: store, log: log)
        let standing = StandingWorkflow(
            Workflow(settings: workflow, state: state),
            try StoredWorkflow.restoreAssignment(from: store, log: log))
        let settings = StandingSettings(
            IntakeSettings(rules: rules, scanRules: scanRules, workflow: workflow))
        let loop = IntakeLoop(
            store: store, life: life, settings: settings, clock: clock, meter: meter,
            stored: stored, asked: asked, log: log, mailbox: mailbox, standing: standing,
            checking: try store.read {
                try Checking(
                    state.context.list, in: $0,
                    BatchReading(rules: rules, wallMicroseconds: clock().wallMicroseconds))
            })
        self.standing = standing
        self.settings = settings
        self.clock = clock
        thread = try KernelThread(name: "intake") { [loop] in
            var loop = loop
            loop.run()
        }
    }

    deinit {
        mailbox.close()
    }

    /// Answers the delivery when it is durable or refused; returns at once. For any thread.
    /// `operator`: who works at the station; empty: nobody said.
    public func accept(_ delivery: Delivery, operator: String = "") {
        guard !mailbox.put(Entrance(delivery, operator: `operator`)) else { return }
        let error = IntakeError.stopping
        delivery.answer(Feedback(.error, code: error.code, message: "\(error)"))
    }

    /// Carries out what a person or a program decided. Throws `IntakeError`.
    public func submit(_ command: Command, operator: String = "") async throws -> IntakeReceipt {
        try await submit(.command(command, clock()), operator: `operator`)
    }

    /// Carries out what somebody decided about an assignment. Throws `IntakeError`.
    @discardableResult
    public func submit(
        _ order: AssignmentOrder, operator: String = ""
    ) async throws -> IntakeReceipt {
        try await submit(.order(order, clock()), operator: `operator`)
    }

    /// Takes a code as if `device` had read it. Throws `IntakeError`.
    public func submit(
        code: String, device: DeviceName, operator: String = ""
    ) async throws -> IntakeReceipt {
        let capture = Capture(device: device, payload: .keystrokes(code), time: clock())
        return try await submit(.capture(capture), operator: `operator`)
    }

    private func submit(
        _ content: Entrance.Content, operator: String
    ) async throws -> IntakeReceipt {
        let waiting = mailbox.count
        guard waiting < Self.callLimit else { throw IntakeError.busy(waiting: waiting) }
        return try await withCheckedThrowingContinuation { continuation in
            let entrance = Entrance(content: content, operator: `operator`) {
                continuation.resume(returning: $0)
            }
            if !mailbox.put(entrance) { continuation.resume(throwing: IntakeError.stopping) }
        }
    }

    /// Where the work stands, as of the last transaction.
    public var view: WorkflowView { WorkflowView(standing.workflow) }

    /// The assignment that is worked on, as of the last transaction.
    public var assignment: AssignmentView? { standing.working.map { AssignmentView($0) } }

    /// How codes are understood now.
    public var rules: InterpretationRules { settings.value.rules }

    /// What comes from now on is understood and worked on by these. For any thread.
    public func apply(_ settings: IntakeSettings) {
        self.settings.set(settings)
        mailbox.wake()
    }

    /// Returns when its thread has come round: a sign that it is alive.
    public func turn() async {
        await withCheckedContinuation { continuation in
            if !mailbox.callOnTurn({ continuation.resume() }) { continuation.resume() }
        }
    }

    /// Looks at the clock now: it may have jumped, as after a sleep of the machine.
    func wake() {
        mailbox.wake()
    }

    /// Takes in what waits, then ends. Whatever comes later is refused.
    public func stop() {
        mailbox.close()
        thread.join()
    }
}

extension CaptureTime {
    /// By the kernel's clocks.
    public static var now: CaptureTime {
        CaptureTime(
            wallMicroseconds: SystemTime.wall.microseconds,
            monotonicMicroseconds: SystemTime.monotonic.microseconds)
    }
}

/// The workflow as the last transaction left it, for those who look.
final class StandingWorkflow: Sendable {
    private let value: Mutex<(workflow: Workflow, working: Working?)>

    init(_ workflow: Workflow, _ working: Working?) {
        value = Mutex((workflow, working))
    }

    var workflow: Workflow { value.withLock { $0.workflow } }
    var working: Working? { value.withLock { $0.working } }

    func set(_ workflow: Workflow, _ working: Working?) {
        value.withLock { $0 = (workflow, working) }
    }
}
