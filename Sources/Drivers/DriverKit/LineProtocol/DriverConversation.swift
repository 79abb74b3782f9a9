import LinuxIO
import Scans

/// The daemon's side of the talk with one driver process, from its start to its end.
struct DriverConversation {
    struct Limits {
        var watchdog: Duration
        var stop: Duration
    }

    /// A child that reads its verdicts never has more than these bytes to read.
    static let outgoingLimitBytes = 1_048_576
    private static let exitLimit = Duration.seconds(1)
    private static let readLimitBytes = 65_536

    private let driver: DriverName
    private let session: DeviceSession
    private let limits: Limits
    private let child: ChildProcess
    private var inbox: DriverInbox
    private var lines = LineFramer(
        framing: .lineFeed, lengthLimit: LineProtocol.messageLimitBytes)
    private var outgoing: [UInt8] = []
    private var lastSign = SystemTime.monotonic
    /// Set once the child was asked to end, or said that it will.
    private var endDeadline: Duration?
    private var wasAskedToStop = false
    /// What the child was told to listen for.
    private var grammar: String?

    init(
        starting program: [String], driver: DriverName, session: DeviceSession, limits: Limits
    ) throws {
        self.driver = driver
        self.session = session
        self.limits = limits
        inbox = DriverInbox(driver: driver, session: session)
        child = try ChildProcess(program)
    }

    mutating func run(_ device: DeviceDescriptor) throws {
        defer { child.kill() }
        session.keepVerdicts()
        try send(
            .open(
                device, inFlightLimit: session.inFlightLimit, version: LineProtocol.version))
        while true {
            try sendVerdicts()
            try sendGrammar()
            try askToStop()
            let ready = try waitForChild()
            if ready.writable.contains(true) { try writeOutgoing() }
            if ready.readable[1] { session.wakeup.drain() }
            if ready.readable[0], try takeOutput() == .end {
                return try conclude(child.waitForEnd(patience: Self.exitLimit) ?? child.kill())
            }
            if SystemTime.monotonic >= deadline { return try concludeOverdue() }
        }
    }

    private var deadline: Duration { endDeadline ?? lastSign + limits.watchdog }

    private func waitForChild() throws -> Poll.Readiness {
        let writable = outgoing.isEmpty ? [] : [child.input].compactMap { $0 }
        return try Poll.wait(
            readable: [child.output, session.wakeup.descriptor], writable: writable,
            timeout: max(deadline - SystemTime.monotonic, .zero))
    }
}

extension DriverConversation {
    private mutating func sendVerdicts() throws {
        while let verdict = session.takeVerdict() {
            guard let id = inbox.settle(verdict.id) else { continue }
            try send(.verdict(Verdict(id: id, feedback: verdict.feedback)))
        }
    }

    private mutating func sendGrammar() throws {
        let wanted = session.grammar
        guard wanted != grammar else { return }
        grammar = wanted
        try send(.listen(grammar: wanted))
    }

    private mutating func askToStop() throws {
        guard session.isStopped, !wasAskedToStop else { return }
        wasAskedToStop = true
        endDeadline = endDeadline ?? SystemTime.monotonic + limits.stop
        try send(.stop)
    }

    private mutating func send(_ message: DaemonMessage) throws {
        outgoing += try LineProtocol.line(message)
        guard outgoing.count <= Self.outgoingLimitBytes else {
            throw DriverFault.brokenProtocol(driver, "does not read what it is told")
        }
        try writeOutgoing()
    }

    private mutating func writeOutgoing() throws {
        guard let input = child.input else { return outgoing = [] }
        do {
            outgoing.removeFirst(try input.write(outgoing))
        } catch {
            // It has gone, or closed its ears; how it ended will tell.
            child.closeInput()
            outgoing = []
        }
    }
}

extension DriverConversation {
    private enum Output {
        case some, none, end
    }

    private mutating func takeOutput() throws -> Output {
        switch try child.output.read(limit: Self.readLimitBytes) {
        case .bytes(let bytes):
            for step in lines.push(bytes) { try take(step) }
            return .some
        case .wouldBlock: return .none
        case .end: return .end
        }
    }

    private mutating func take(_ step: LineFramer.Step) throws {
        guard case .line(let line, _) = step else {
            throw DriverFault.brokenProtocol(
                driver, "sent a line of more than \(LineProtocol.messageLimitBytes) bytes")
        }
        try inbox.take(line)
        lastSign = SystemTime.monotonic
        if inbox.farewell != nil { endDeadline = endDeadline ?? lastSign + limits.stop }
    }
}

extension DriverConversation {
    /// It may be dead all the same: a child of its own can hold its output open.
    private mutating func concludeOverdue() throws {
        let ending = try child.waitForEnd(patience: .zero)
        child.kill()
        while try takeOutput() == .some {}
        if let ending { return try conclude(ending) }
        if case .failed(let fault) = inbox.farewell { throw fault }
        throw DriverFault(
            .driverHung,
            endDeadline == nil
                ? "the process of driver '\(driver)' gave no sign of life for \(limits.watchdog)"
                : "the process of driver '\(driver)' did not end within \(limits.stop)",
            fix: "It was killed. If it happens again, unplug the device and plug it in again.")
    }

    private func conclude(_ ending: ChildProcess.Ending) throws {
        switch inbox.farewell {
        case .failed(let fault): throw fault
        case .stopped where wasAskedToStop: return
        case nil where wasAskedToStop && ending == .exited(status: 0): return
        default:
            throw DriverFault(
                .driverExited, "the process of driver '\(driver)' ended with \(ending)",
                fix: "See its last words in the log; it is started again by itself.")
        }
    }
}

extension DriverFault {
    static func brokenProtocol(_ driver: DriverName, _ sentence: String) -> DriverFault {
        DriverFault(
            .driverProtocol, "the process of driver '\(driver)' \(sentence)",
            fix: "Install the driver that belongs to this version of ScanStation.")
    }
}
