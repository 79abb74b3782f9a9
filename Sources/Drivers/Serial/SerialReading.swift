import DriverKit
import LinuxIO
import Scans

/// One open port: its bytes become captures, verdicts become ACK or NAK.
struct SerialReading {
    /// More than the kernel keeps for a terminal; what comes later was scanned after the stop.
    private static let drainLimitBytes = 65_536
    /// How long a stop waits for the end of a line, and then for verdicts.
    private static let stopLimit = Duration.seconds(2)
    private static let acknowledgeLimit = Duration.seconds(2)
    private static let readLimitBytes = 4096

    private let port: SerialPort
    private let session: DeviceSession
    private let options: SerialOptions
    private var decoder: SerialDecoder

    init(port: SerialPort, session: DeviceSession, options: SerialOptions) {
        self.port = port
        self.session = session
        self.options = options
        decoder = SerialDecoder(options: options)
    }

    func nextEvent() throws -> DeviceSession.Event {
        switch options.acknowledge {
        case .none:
            try session.waitForInput(on: port.descriptor, timeout: decoder.patience)
        case .ackNak:
            try session.waitForEvent(on: port.descriptor, timeout: decoder.patience)
        }
    }

    mutating func takeInput() throws {
        guard let bytes = try readOnce() else {
            try pass(decoder.finish())
            throw DriverFault.unplugged(session.device)
        }
        try take(bytes)
    }

    mutating func takeSilence() throws {
        try pass(decoder.quiet())
    }

    func acknowledge(_ verdict: Verdict) throws {
        guard verdict.id != Verdict.nobody else { return }
        let isGood = verdict.feedback.signal != .error
        try port.descriptor.writeAll([isGood ? 0x06 : 0x15], patience: Self.acknowledgeLimit)
    }

    /// What the kernel holds was scanned before the stop, so it is still handed over and answered.
    mutating func finish() throws {
        let deadline = SystemTime.monotonic + Self.stopLimit
        var room = Self.drainLimitBytes
        while room > 0, let bytes = try readBefore(deadline) {
            room -= bytes.count
            try take(bytes)
        }
        try pass(options.ending.endsInSilence ? decoder.quiet() : decoder.finish())
        while let verdict = try session.waitForVerdict(until: deadline) {
            try acknowledge(verdict)
        }
    }

    /// nil: nothing more is there, and silence has ended the line where silence ends lines.
    private func readBefore(_ deadline: Duration) throws -> [UInt8]? {
        let left = max(deadline - SystemTime.monotonic, .zero)
        let gap = options.ending.endsInSilence ? decoder.patience ?? .zero : .zero
        let ready = try Poll.wait(readable: [port.descriptor], timeout: min(gap, left))
        return ready.readable[0] ? try readOnce() : nil
    }

    /// nil: the device has gone.
    private func readOnce() throws -> [UInt8]? {
        do {
            switch try port.descriptor.read(limit: Self.readLimitBytes) {
            case .bytes(let bytes): return bytes
            case .wouldBlock: return []
            case .end: return nil
            }
        } catch  where error.isUnplugged {
            return nil
        }
    }

    private mutating func take(_ bytes: [UInt8]) throws {
        let time = SystemTime.monotonic
        for step in decoder.push(bytes, at: time) {
            try pass(step)
        }
    }

    private func pass(_ step: SerialDecoder.Step?) throws {
        switch step {
        case .line(let bytes, let trace): try session.deliver(.code(bytes), trace: trace)
        case .discarded(.tooLong(let limit)):
            session.refuse(
                code: "line-too-long", "A line of more than \(limit) bytes was thrown away.")
        case .discarded(.unfinished):
            session.refuse(
                code: "line-unfinished", "The end of a line never came; scan it again.")
        case nil: break
        }
    }
}

extension LinuxError {
    /// A terminal whose device has gone answers reads with EIO or ENXIO.
    fileprivate var isUnplugged: Bool {
        switch number.map(Cause.init(number:)) {
        case .gone, .missing: true
        default: false
        }
    }
}
