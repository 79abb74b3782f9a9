import Confining
import LinuxIO
import Scans

/// The driver process's side: runs one driver for the daemon at the other end of stdin and stdout.
public struct DriverHost {
    /// How long a driver may take to close its device when the daemon has gone.
    private static let orphanLimit = Duration.seconds(3)
    private static let readLimitBytes = 65_536

    private let kind: DriverKind
    private let streams: StandardStreams
    private let stopSignals: SignalDescriptor
    private let outlet: DriverOutlet
    private let ended: EndedFlag
    private var lines = LineFramer(
        framing: .lineFeed, lengthLimit: LineProtocol.messageLimitBytes)
    private var session: DeviceSession?
    private var thread: DeviceThread?
    private var grammar: String?
    /// Set once the daemon has gone: then nothing may keep this process alive.
    private var orphanDeadline: Duration?

    private init(_ kind: DriverKind) throws {
        self.kind = kind
        BrokenPipes.ignore()
        streams = try StandardStreams.takeOver()
        stopSignals = try SignalDescriptor(SignalDescriptor.stopSignals)
        outlet = DriverOutlet(streams.output)
        ended = try EndedFlag()
    }

    /// Serves until told to stop, until the driver fails or until the daemon has gone.
    public static func run(_ kind: DriverKind) throws -> DeviceThread.Ending {
        var host = try DriverHost(kind)
        return host.serve()
    }

    private mutating func serve() -> DeviceThread.Ending {
        outlet.send(.hello(driver: kind.name, version: LineProtocol.version))
        let ending: DeviceThread.Ending
        do {
            ending = try listen()
        } catch {
            ending = .failed(DriverFault(error))
        }
        switch ending {
        case .stopped: outlet.send(.stopped)
        case .failed(let fault): outlet.send(.failed(fault))
        }
        return ending
    }

    private mutating func listen() throws -> DeviceThread.Ending {
        while true {
            if let ending = ended.ending { return ending }
            var watched = [ended.descriptor, stopSignals.descriptor]
            if orphanDeadline == nil { watched.append(streams.input) }
            let ready = try Poll.wait(
                readable: watched,
                timeout: orphanDeadline.map { max($0 - SystemTime.monotonic, .zero) })
            if ready.isTimeout { return .failed(.orphaned(kind.name)) }
            if ready.readable[1] {
                stopSignals.drain()
                try stop()
            }
            if ready.readable.count > 2, ready.readable[2] { try takeInput() }
        }
    }

    private mutating func stop() throws {
        if let session { session.stop() } else { ended.set(.stopped) }
    }

    private mutating func takeInput() throws {
        switch try streams.input.read(limit: Self.readLimitBytes) {
        case .bytes(let bytes):
            for step in lines.push(bytes) { try take(step) }
        case .wouldBlock: break
        case .end:
            orphanDeadline = SystemTime.monotonic + Self.orphanLimit
            try stop()
        }
    }

    private mutating func take(_ step: LineFramer.Step) throws {
        guard case .line(let line, _) = step,
            // The daemon is told that it was not understood; it knows what it said.
            let message = try? LineProtocol.message(DaemonMessage.self, in: line)
        else { throw DriverFault.brokenProtocol(kind.name, "was told something it cannot read") }
        switch message {
        case .open(let device, let inFlightLimit, let version):
            guard version == LineProtocol.version, session == nil else {
                throw DriverFault.brokenProtocol(
                    kind.name, "was asked to open in version \(version)")
            }
            try open(device, inFlightLimit)
        case .verdict(let verdict): outlet.settle(verdict)
        case .listen(let grammar):
            self.grammar = grammar
            session?.listen(for: grammar)
        case .stop: try stop()
        case .unknown(let type): outlet.send(.warning("the daemon sent a message '\(type)'"))
        }
    }

    private mutating func open(_ device: DeviceDescriptor, _ inFlightLimit: Int) throws {
        let driver = try kind.make(device.options)
        // There is no other thread yet, so all that come are confined with this one.
        let confinement = kind.confinement(device)
        let report = confinement.begin()
        let outlet = outlet
        let ended = ended
        let heartbeat = DeviceSession.Heartbeat(interval: LineProtocol.heartbeatInterval) {
            outlet.send(.alive)
        }
        let session = try DeviceSession(
            device, inFlightLimit: max(inFlightLimit, 1), now: { .now() }, heartbeat: heartbeat,
            notices: { notice in
                if notice == .listening {
                    outlet.send(.confined(DeviceConfinement(confinement.tighten(report))))
                }
                outlet.tell(notice)
            }, sink: { outlet.deliver($0) })
        session.listen(for: grammar)
        self.session = session
        thread = try DeviceThread(driver, session) { ended.set($0) }
    }
}

extension DriverFault {
    fileprivate static func orphaned(_ driver: DriverName) -> DriverFault {
        DriverFault(
            .driverHung, "driver '\(driver)' did not close its device after the daemon had gone",
            fix: "Unplug the device and plug it in again.")
    }
}
