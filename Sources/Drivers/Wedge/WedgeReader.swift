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
    private var watch: KeystrokeGuard
    /// Its keys are swallowed until somebody switches it off or pulls it out.
    private var isQuarantined = false
    /// The keys of the line at hand, where keys are wanted.
    private var spelling: [InputEvent] = []
    /// When the first key of the line at hand was read.
    private var lineBegan: Duration?

    init(_ session: DeviceSession, _ options: WedgeOptions, isStream: Bool) {
        self.session = session
        self.options = options
        self.isStream = isStream
        decoder = KeystrokeDecoder(options: options)
        watch = KeystrokeGuard(options.caution, knowsPace: !isStream)
    }

    /// Ends the line when the scanner has been quiet for long enough. false: stop.
    mutating func waitForInput(on input: InputDevice) throws -> Bool {
        while true {
            let event = try session.waitForInput(
                on: input.descriptor, timeout: patience,
                flow: isStream ? .controlled : .free)
            switch event {
            case .input: return true
            case .stopped: return false
            case .timeout where options.spellsKeys: try handOverSpelling()
            case .timeout: try handOver(decoder.quiet())
            case .verdict: continue  // A keyboard has no ear for it.
            }
        }
    }

    private var patience: Duration? {
        guard options.spellsKeys else { return decoder.patience }
        return spelling.isEmpty ? nil : options.quietGap
    }

    private mutating func handOverSpelling() throws {
        let keys = KeyScript.text(of: spelling)
        spelling = []
        try session.deliver(.keystrokes(keys))
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
        if options.spellsKeys {
            guard spelling.count < options.lengthLimit else { return spelling = [] }
            return spelling += events
        }
        let now = SystemTime.monotonic
        for event in events {
            if let finding = watch.push(event, at: now) { quarantine(finding) }
            let step = decoder.push(event)
            if lineBegan == nil && decoder.isHoldingLine { lineBegan = now }
            try handOver(step)
            if !decoder.isHoldingLine { lineBegan = nil }
        }
    }

    /// The grab stays: to let go of an attacker would hand it the desktop.
    private mutating func quarantine(_ finding: KeystrokeGuard.Finding) {
        guard !isQuarantined else { return }
        isQuarantined = true
        session.quarantine(DriverFault(finding, session.device))
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

    private mutating func handOver(_ step: KeystrokeDecoder.Step) throws {
        // The way out must stay open, whoever it is.
        guard !isQuarantined || step == .panicChord else { return }
        try judgeRhythm(step)
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

    private mutating func judgeRhythm(_ step: KeystrokeDecoder.Step) throws {
        switch step {
        case .line, .discarded:
            guard let finding = watch.lineEnded() else { return }
            throw DriverFault(finding, session.device)
        case .more, .panicChord: break
        }
    }
}
