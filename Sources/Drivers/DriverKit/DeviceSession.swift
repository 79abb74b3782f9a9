public import LinuxIO
public import Scans
import Synchronization

/// One device's life with its driver: what the driver waits on, and where its captures go.
///
/// Any thread may stop it or answer; only the driver's thread waits and delivers.
public final class DeviceSession: Sendable {
    /// Whether a device can be made to wait.
    public enum Flow: Sendable {
        /// What we do not read waits in the device, a pipe or the kernel's large buffer.
        case controlled
        /// What we do not read is soon lost.
        case free
    }

    public enum Event: Sendable, Equatable {
        case input
        case verdict(Verdict)
        case timeout
        case stopped
    }

    /// Shows a watchdog that the driver's own thread is alive.
    struct Heartbeat: Sendable {
        var interval: Duration
        var beat: @Sendable () -> Void
    }

    private struct State {
        var isStopped = false
        var isListening = false
        /// From the first wait for events on, verdicts are kept for the driver.
        var keepsVerdicts = false
        var verdicts = VerdictQueue()
        /// To be shown at the device, whatever it read.
        var signal: Feedback?
        /// What is to be listened for; nil: what the configuration says.
        var grammar: String?
        var inFlight = 0
        var nextBeat = Duration.zero
    }

    public static let defaultInFlightLimit = 256

    public let device: DeviceDescriptor
    public let inFlightLimit: Int
    let wakeup: Wakeup
    private let state = Mutex(State())
    private let now: @Sendable () -> CaptureTime
    private let heartbeat: Heartbeat?
    private let notices: @Sendable (DeviceNotice) -> Void
    private let sink: @Sendable (Delivery) -> Void

    public convenience init(
        _ device: DeviceDescriptor, inFlightLimit: Int = DeviceSession.defaultInFlightLimit,
        now: @escaping @Sendable () -> CaptureTime = { .now() },
        notices: @escaping @Sendable (DeviceNotice) -> Void,
        sink: @escaping @Sendable (Delivery) -> Void
    ) throws {
        try self.init(
            device, inFlightLimit: inFlightLimit, now: now, heartbeat: nil, notices: notices,
            sink: sink)
    }

    init(
        _ device: DeviceDescriptor, inFlightLimit: Int, now: @escaping @Sendable () -> CaptureTime,
        heartbeat: Heartbeat?, notices: @escaping @Sendable (DeviceNotice) -> Void,
        sink: @escaping @Sendable (Delivery) -> Void
    ) throws {
        self.device = device
        self.inFlightLimit = inFlightLimit
        self.now = now
        self.heartbeat = heartbeat
        self.notices = notices
        self.sink = sink
        wakeup = try Wakeup()
    }
}

extension DeviceSession {
    /// Asks the driver to close the device. What it has read already is still handed over.
    public func stop() {
        state.withLock { $0.isStopped = true }
        wakeup.signal()
    }

    /// For drivers whose library gives nothing to wait on: to be looked at every 250 ms.
    public var isStopped: Bool {
        beatIfDue()
        return state.withLock { $0.isStopped }
    }

    /// Shows a signal at the device itself, though no capture asks for one. For drivers that wait
    /// for verdicts: it comes as the verdict of nobody, number 0.
    public func signal(_ feedback: Feedback) {
        state.withLock { $0.signal = $0.keepsVerdicts ? feedback : nil }
        wakeup.signal()
    }

    /// Says what the device is to listen for now, by the name of a language pack's grammar; nil: what
    /// the configuration says. For drivers that understand speech.
    public func listen(for grammar: String?) {
        state.withLock { $0.grammar = grammar }
        wakeup.signal()
    }

    /// To be looked at before each utterance is understood.
    public var grammar: String? { state.withLock { $0.grammar } }

    private func answer(_ id: UInt64?, _ feedback: Feedback) {
        let isAwaited = state.withLock { state in
            let wasFull = state.inFlight >= inFlightLimit
            state.inFlight -= 1
            if let id { state.verdicts.answer(id, feedback) }
            return wasFull || id != nil
        }
        if isAwaited { wakeup.signal() }
    }
}

extension DeviceSession {
    /// Blocks until there is something to read and room for what it says. false: stop.
    public func waitForInput(
        on descriptor: FileDescriptor, flow: Flow = .controlled
    ) throws -> Bool {
        try wait(on: descriptor, timeout: nil, flow: flow) == .input
    }

    /// Blocks until there is something to read or to tell the device, or until `timeout` is over.
    ///
    /// From the first call on, verdicts come in the order of the captures.
    public func waitForEvent(
        on descriptor: FileDescriptor, timeout: Duration? = nil, flow: Flow = .controlled
    ) throws -> Event {
        keepVerdicts()
        return try wait(on: descriptor, timeout: timeout, flow: flow, takesVerdicts: true)
    }

    /// As `waitForInput`, but not longer than `timeout`. Never answers with a verdict.
    public func waitForInput(
        on descriptor: FileDescriptor, timeout: Duration?, flow: Flow = .controlled
    ) throws -> Event {
        try wait(on: descriptor, timeout: timeout, flow: flow)
    }

    /// Blocks until the time is over. false: stop.
    public func pause(_ duration: Duration) throws -> Bool {
        try wait(on: nil, timeout: duration, flow: .free) == .timeout
    }

    /// Blocks until the next verdict comes, even after a stop. nil: every capture has its verdict,
    /// or the time is over.
    public func waitForVerdict(until deadline: Duration) throws -> Verdict? {
        while true {
            beatIfDue()
            let (verdict, isAwaited) = state.withLock { state in
                (state.verdicts.next(), state.verdicts.isAwaiting)
            }
            if let verdict { return verdict }
            guard isAwaited, SystemTime.monotonic < deadline else { return nil }
            _ = try Poll.wait(
                readable: [wakeup.descriptor], timeout: patience(until: deadline))
            wakeup.drain()
        }
    }

    private func wait(
        on descriptor: FileDescriptor?, timeout: Duration?, flow: Flow, takesVerdicts: Bool = false
    ) throws -> Event {
        markListening()
        let deadline = timeout.map { SystemTime.monotonic + $0 }
        while true {
            beatIfDue()
            let (event, hasRoom) = state.withLock { state -> (Event?, Bool) in
                if takesVerdicts, let signal = state.signal {
                    state.signal = nil
                    return (.verdict(Verdict(id: Verdict.nobody, feedback: signal)), true)
                }
                if takesVerdicts, let verdict = state.verdicts.next() {
                    return (.verdict(verdict), true)
                }
                return (state.isStopped ? .stopped : nil, state.inFlight < inFlightLimit)
            }
            if let event { return event }
            // While the device is held back, its silence means nothing.
            let isHeldBack = flow == .controlled && !hasRoom
            let watched = [wakeup.descriptor] + (isHeldBack ? [] : descriptor.map { [$0] } ?? [])
            let ready = try Poll.wait(
                readable: watched, timeout: patience(until: isHeldBack ? nil : deadline))
            if ready.readable[0] { wakeup.drain() }
            if watched.count > 1, ready.readable[1] { return .input }
            if let deadline, !isHeldBack, ready.isTimeout, SystemTime.monotonic >= deadline {
                return .timeout
            }
        }
    }

    private func patience(until deadline: Duration?) -> Duration? {
        let beat = heartbeat == nil ? nil : state.withLock { $0.nextBeat }
        guard let next = [deadline, beat].compactMap({ $0 }).min() else { return nil }
        return max(next - SystemTime.monotonic, .zero)
    }

    private func beatIfDue() {
        guard let heartbeat else { return }
        let time = SystemTime.monotonic
        let isDue = state.withLock { state in
            guard time >= state.nextBeat else { return false }
            state.nextBeat = time + heartbeat.interval
            return true
        }
        if isDue { heartbeat.beat() }
    }

    func keepVerdicts() {
        state.withLock { $0.keepsVerdicts = true }
    }

    func takeVerdict() -> Verdict? {
        state.withLock { $0.verdicts.next() }
    }

    func markListening() {
        let isFirst = state.withLock { state in
            defer { state.isListening = true }
            return !state.isListening
        }
        if isFirst { notices(.listening) }
    }
}

extension DeviceSession {
    /// Hands a capture over, waiting for room. After a stop there is always room.
    @discardableResult
    public func deliver(
        _ payload: Payload, aim: String? = nil, quality: Int? = nil, time: CaptureTime? = nil,
        trace: LineTrace? = nil
    ) throws -> UInt64? {
        let capture = capture(payload, aim, quality, time)
        try waitForRoom()
        return handOver(capture, trace)
    }

    /// Hands a capture over if there is room. Without room it is refused, audibly: for devices that
    /// cannot be made to wait.
    @discardableResult
    public func offer(
        _ payload: Payload, aim: String? = nil, quality: Int? = nil, time: CaptureTime? = nil,
        trace: LineTrace? = nil
    ) -> Bool {
        let hasRoom = state.withLock { $0.inFlight < inFlightLimit || $0.isStopped }
        guard hasRoom else {
            refuse(
                code: "device-overrun",
                "\(inFlightLimit) scans of this device wait to be stored; scan this one again.")
            return false
        }
        handOver(capture(payload, aim, quality, time), trace)
        return true
    }

    /// Says that a line is lost: to the log, to the operator's ear, and to the device in its turn.
    public func refuse(code: String, _ message: String) {
        let feedback = Feedback(.error, code: code, message: message)
        state.withLock { state in
            guard state.keepsVerdicts else { return }
            let id = state.verdicts.open()
            state.verdicts.answer(id, feedback)
        }
        notices(.refused(feedback))
    }

    /// Says that the device is held but no longer believed, until somebody switches it off and on.
    public func quarantine(_ fault: DriverFault) {
        notices(.quarantined(fault))
    }

    func confined(_ confinement: DeviceConfinement) {
        notices(.confined(confinement))
    }

    /// For the log: something odd that cost no scan.
    public func warn(_ message: String) {
        notices(.warning(message))
    }

    private func capture(
        _ payload: Payload, _ aim: String?, _ quality: Int?, _ time: CaptureTime?
    ) -> Capture {
        Capture(
            device: device.name, payload: payload, aim: aim, time: time ?? now(), quality: quality)
    }

    @discardableResult
    private func handOver(_ capture: Capture, _ trace: LineTrace?) -> UInt64? {
        let id = state.withLock { state in
            state.inFlight += 1
            return state.keepsVerdicts ? state.verdicts.open() : nil
        }
        sink(Delivery(capture: capture, trace: trace) { self.answer(id, $0) })
        return id
    }

    private func waitForRoom() throws {
        while !state.withLock({ $0.inFlight < inFlightLimit || $0.isStopped }) {
            beatIfDue()
            _ = try Poll.wait(readable: [wakeup.descriptor], timeout: patience(until: nil))
            wakeup.drain()
        }
    }
}

extension CaptureTime {
    /// By the kernel's clocks.
    public static func now() -> CaptureTime {
        CaptureTime(
            wallMicroseconds: SystemTime.wall.microseconds,
            monotonicMicroseconds: SystemTime.monotonic.microseconds)
    }
}
