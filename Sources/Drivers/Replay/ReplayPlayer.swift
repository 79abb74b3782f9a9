import DriverKit
import LinuxIO
import Scans
import Wedge

/// Plays the lines of one file to its session, in their own time.
struct ReplayPlayer {
    /// Recordings name keys, of which a full QR Code has thousands.
    private static let recordingLineLimit = 1 << 16
    /// Silence that ends a line of a recorded device.
    private static let quietGap = WedgeOptions().quietGap

    private let session: DeviceSession
    private let options: ReplayOptions
    private let isRecording: Bool
    private var lines: LineFramer
    private var wedge = KeystrokeDecoder(options: WedgeOptions())
    private var serial = LineFramer(framing: .auto)
    private var hasDelivered = false

    init(_ session: DeviceSession, _ options: ReplayOptions) {
        self.session = session
        self.options = options
        isRecording = options.format.resolved(for: session.device.node) == .recording
        lines =
            isRecording
            ? LineFramer(framing: .lineFeed, lengthLimit: Self.recordingLineLimit)
            : LineFramer(framing: .auto, lengthLimit: options.lengthLimit)
    }

    /// false: stopped on the way. What came out of a FIFO is played nevertheless, without pauses,
    /// because nobody can read it again.
    mutating func play(_ bytes: [UInt8], from file: ReplayFile) throws -> Bool {
        for step in lines.push(bytes) {
            if session.isStopped && !file.isStream { return false }
            try play(step)
        }
        return true
    }

    /// The end of the file ends its last line; the end of a writer does not, for it may have died.
    mutating func finish(_ file: ReplayFile) throws -> Bool {
        let last = file.isStream ? [lines.finish()].compactMap { $0 } : lines.push([0x0A])
        for step in last { try play(step) }
        try handOver(wedge.finish())
        if let step = serial.finish() { try handOver(step) }
        wedge = KeystrokeDecoder(options: WedgeOptions())
        defer { hasDelivered = false }
        // A file without codes, repeated, must not keep a processor busy.
        if options.repeats && !file.isStream && !hasDelivered { try pause(.seconds(1)) }
        return !session.isStopped
    }
}

extension ReplayPlayer {
    private mutating func play(_ step: LineFramer.Step) throws {
        guard isRecording, case .line(let bytes, _) = step else { return try handOver(step) }
        switch try recorded(bytes) {
        case nil, .expect: break
        case .keys(let events): for event in events { try handOver(wedge.push(event)) }
        case .bytes(let bytes): for step in serial.push(bytes) { try handOver(step) }
        case .wait(let duration):
            try pause(duration)
            if duration >= Self.quietGap { try quiet() }
        }
    }

    private func recorded(_ bytes: [UInt8]) throws -> RecordingLine? {
        do {
            return try RecordingLine(String(decoding: bytes, as: UTF8.self))
        } catch {
            throw DriverFault(
                .other("bad-recording"), "\(session.device.node): \(error)",
                fix: "Correct the recording; its format is described with the replay driver.")
        }
    }

    private mutating func quiet() throws {
        try handOver(wedge.quiet())
        if let step = serial.quiet() { try handOver(step) }
    }

    private mutating func handOver(_ step: KeystrokeDecoder.Step) throws {
        switch step {
        case .more: break
        case .line(let text, let ending): try deliver(.keystrokes(text), ending)
        case .discarded(let reason): session.refuse(code: reason.code, reason.sentence)
        case .panicChord: throw DriverFault.panicChord(session.device)
        }
    }

    private mutating func handOver(_ step: LineFramer.Step) throws {
        switch step {
        case .line(let bytes, let ending): try deliver(.code(bytes), ending)
        case .discarded(.tooLong(let limit)):
            session.refuse(code: "line-too-long", "The code is longer than \(limit) bytes.")
        case .discarded(.unfinished):
            session.refuse(code: "line-unfinished", "The code broke off; scan it again.")
        }
    }

    private mutating func deliver(_ payload: Payload, _ ending: LineTrace.Ending) throws {
        hasDelivered = true
        try session.deliver(payload, trace: LineTrace(ending: ending, span: .zero))
        if options.interval > .zero { try pause(options.interval) }
    }

    /// Ends early when the session is stopped.
    private func pause(_ duration: Duration) throws {
        _ = try session.pause(duration)
    }
}
