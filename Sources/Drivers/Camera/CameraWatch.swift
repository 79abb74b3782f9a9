import BarcodeReading
import DriverKit
import LinuxIO
import Pictures
import Scans

/// One open camera: its frames become captures.
struct CameraWatch {
    /// A camera that gives no frame for so long has stopped; a FIFO may be silent.
    private static let silenceLimit = Duration.seconds(5)
    private static let waitLimit = Duration.milliseconds(500)
    /// How long something like a code must be in view unread before advice is given.
    private static let adviceDelay = Duration.seconds(3)
    private static let adviceInterval = Duration.seconds(30)

    private let session: DeviceSession
    private let source: any FrameSource
    private let options: CameraOptions
    private let reader: FrameReader
    private var tracker: SceneTracker
    private var lastFrame = SystemTime.monotonic
    private var lastCode = SystemTime.monotonic
    private var lastAdvice = Duration.zero
    private var reportedDamage = 0

    init(
        session: DeviceSession, source: any FrameSource, options: CameraOptions,
        zxingProgram: [String]
    ) {
        self.session = session
        self.source = source
        self.options = options
        reader = FrameReader(options.reading, zxingProgram: zxingProgram)
        tracker = SceneTracker(options.tracking)
    }

    mutating func run() throws {
        while true {
            switch try session.waitForInput(on: source.descriptor, timeout: Self.waitLimit) {
            case .input: try takeFrame()
            case .timeout: try checkSilence()
            case .verdict: break
            case .stopped: return
            }
        }
    }

    private mutating func takeFrame() throws {
        let frame: GreyPicture?
        do {
            frame = try source.newestFrame()
        } catch let error as LinuxError where error.isGone {
            throw DriverFault.unplugged(session.device)
        }
        guard let frame else { return warnOfDamage() }
        let time = CaptureTime.now()
        lastFrame = SystemTime.monotonic
        let outcome = reader.read(prepared(frame))
        for code in tracker.see(outcome, at: lastFrame) {
            try session.deliver(
                .code(code.payload), aim: code.aim, quality: code.quality, time: time)
        }
        if !outcome.codes.isEmpty { lastCode = lastFrame }
        if !outcome.isUnchanged { advise(on: frame) }
    }

    private func prepared(_ frame: GreyPicture) -> GreyPicture {
        var part = options.region.cut(from: frame)
        if options.isMirrored { part.mirror() }
        return part
    }

    private mutating func checkSilence() throws {
        guard source.mustNotBeSilent, SystemTime.monotonic - lastFrame > Self.silenceLimit
        else { return }
        throw DriverFault(
            .other("camera-silent"),
            "\(session.device.node) has sent no frame for \(Self.silenceLimit)",
            fix: "Unplug the camera and plug it in again; try a smaller 'width' and 'height'.")
    }

    private mutating func warnOfDamage() {
        guard source.damagedFrames >= max(reportedDamage * 2, 1),
            source.damagedFrames > reportedDamage
        else { return }
        reportedDamage = source.damagedFrames
        session.warn(
            "device: \(reportedDamage) frames came damaged so far; a shorter cable or a port of "
                + "its own may help")
    }

    /// When something like a code has been in view for a while and could not be read.
    private mutating func advise(on frame: GreyPicture) {
        guard lastFrame - lastCode > Self.adviceDelay,
            lastFrame - lastAdvice > Self.adviceInterval,
            let advice = PictureAdvice.about(frame)
        else { return }
        lastAdvice = lastFrame
        session.warn("device: \(advice.sentence) [\(advice.rawValue)]")
    }
}

extension LinuxError {
    fileprivate var isGone: Bool {
        switch number.map(Cause.init(number:)) {
        case .gone, .missing: true
        default: false
        }
    }
}

extension CodeReading {
    /// Text goes on as UTF-8; bytes that are no text in any likely character set, as they are.
    fileprivate var payload: [UInt8] {
        bytes.allSatisfy { $0 < 0x80 } || isBinary ? bytes : Array(text.utf8)
    }

    private var isBinary: Bool {
        text.unicodeScalars.contains {
            ($0.value < 0x20
                && ![0x09, 0x0A, 0x0D, 0x1C, 0x1D, 0x1E, 0x1F, 0x04].contains($0.value))
                || (0x7F...0x9F).contains($0.value)
        }
    }

    /// 0 to 100, for the record: two engines are worth more than one, and many lines than few.
    fileprivate var quality: Int {
        let agreement = evidence.engines.count > 1 ? 40 : 0
        let check = evidence.isSelfChecking ? 30 : 0
        return min(agreement + check + min(evidence.lines, 30), 100)
    }
}
