import DriverKit
import Glibc
import LinuxIO
import Scans

/// What happens between one wedge and its session: events in, captures and refusals out.
struct WedgeReader {
    private let session: DeviceSession
    private let options: WedgeOptions
    /// A stream waits for us, a keyboard does not.
    private let isStream: Bool
    private var decoder: KeystrokeDecoder
    /// When the first key of the line at hand was read.
    private var lineBegan: Duration?

    init(_ session: DeviceSession, _ options: WedgeOptions, isStream: Bool) {
        self.session = session
        self.options = options
        self.isStream = isStream
        decoder = KeystrokeDecoder(options: options)
    }

    /// Ends the line when the scanner has been quiet for long enough. false: stop.
    mutating func waitForInput(on input: InputDevice) throws -> Bool {
        while true {
            let event = try session.waitForInput(
                on: input.descriptor, timeout: decoder.patience,
                flow: isStream ? .controlled : .free)
            switch event {
            case .input: return true
            case .stopped: return false
            case .timeout: try handOver(decoder.quiet())
            case .verdict: continue  // A keyboard has no ear for it.
            }
        }
    }

    /// nil: nothing will come any more.
    func pendingEvents(of input: InputDevice) throws -> [InputEvent]? {
        do {
            return try input.pendingEvents()
        } catch  where error.number == ENODEV {
            return nil
        }
    }

    mutating func take(_ events: [InputEvent]) throws {
        for event in events {
            let step = decoder.push(event)
            if lineBegan == nil && decoder.isHoldingLine { lineBegan = SystemTime.monotonic }
            try handOver(step)
            if !decoder.isHoldingLine { lineBegan = nil }
        }
    }

    /// The end of one writer's stream: what it left unfinished stays so.
    mutating func beginAnew() throws {
        try finish()
        decoder = KeystrokeDecoder(options: options)
    }

    mutating func finish() throws {
        try handOver(decoder.finish())
        lineBegan = nil
    }

    private func handOver(_ step: KeystrokeDecoder.Step) throws {
        switch step {
        case .more: return
        case .line(let text, let ending):
            let now = SystemTime.monotonic
            let trace = LineTrace(ending: ending, span: now - (lineBegan ?? now))
            if isStream {
                try session.deliver(.keystrokes(text), trace: trace)
            } else {
                session.offer(.keystrokes(text), trace: trace)
            }
        case .discarded(let reason): session.refuse(code: reason.code, reason.sentence)
        case .panicChord: throw DriverFault.panicChord(session.device)
        }
    }
}
