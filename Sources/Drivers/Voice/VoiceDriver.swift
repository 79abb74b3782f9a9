public import DriverKit
import LinuxIO
import Scans
import Sound
import SoundFiles
import Speech

/// A microphone whose wearer speaks commands.
public struct VoiceDriver: Driver {
    public let name: DriverName = "voice"
    private static let readPatience = Duration.milliseconds(250)
    private let options: VoiceOptions

    public init(options: VoiceOptions) {
        self.options = options
    }

    public func claim(_ device: DeviceDescriptor) -> Claim? {
        device.designatedDriver == name ? .certain : nil
    }

    public func read(_ session: DeviceSession) throws {
        do {
            try listen(session)
        } catch let error as SoundError {
            throw DriverFault(sound: error)
        } catch let error as SpeechError {
            throw DriverFault(
                .other(error.code), "\(error)",
                fix: "Install pocketsphinx-en-us, or correct the options of this microphone.")
        }
    }

    private func listen(_ session: DeviceSession) throws {
        var ear = try VoiceEar(options)
        let key = try options.listening == .push ? InputDevice(opening: options.talkKey) : nil
        let microphone = try SoundCapture(
            device: options.microphoneName(node: session.device.node))
        let resampler = try Resampler(from: microphone.rate, to: Recogniser.rate)
        try session.markListeningNow()
        var lost = 0
        while !session.isStopped {
            let samples = try microphone.read(timeout: Self.readPatience)
            attend(session, with: &ear)
            for event in try key?.pendingEvents() ?? [] { ear.take(event) }
            for heard in try ear.take(resampler.convert(samples)) { tell(heard, session) }
            if microphone.overruns > lost {
                lost = microphone.overruns
                session.warn("sound was lost: the machine is too busy")
            }
        }
    }

    /// What is asked may be another since the last utterance.
    private func attend(_ session: DeviceSession, with ear: inout VoiceEar) {
        guard let grammar = session.grammar else { return ear.listenAsConfigured() }
        if !ear.listen(for: grammar) {
            session.warn("the language pack has no grammar '\(grammar)'")
        }
    }

    private func tell(_ heard: VoiceEar.Heard, _ session: DeviceSession) {
        switch heard {
        case .phrase(let phrase, let quality):
            session.offer(.spoken(phrase), quality: quality)
        case .notUnderstood:
            session.refuse(code: "not-understood", "That was not understood: say it again.")
        case .nothing: break
        }
    }
}

extension DeviceSession {
    /// The microphone has no descriptor to wait on, so a wait of no length says that it is open.
    fileprivate func markListeningNow() throws {
        _ = try pause(.zero)
    }
}

extension DriverFault {
    init(sound error: SoundError) {
        let (code, fix): (DriverFault.Code, String) =
            switch LinuxError.Cause(number: error.number) {
            case .missing: (.missing, "Plug the microphone in, or correct its name (arecord -L).")
            case .busy:
                (.busy, "Another program uses the microphone: stop it (fuser -v /dev/snd/*).")
            case .noPermission: (.noPermission, "Put the service user into group 'audio'.")
            case .gone: (.unplugged, "Plug the microphone in again.")
            case .other: (.inputOutput, "Try its name with 'plughw:' or 'default' (arecord -L).")
            }
        self.init(code, "\(error)", fix: fix)
    }
}
