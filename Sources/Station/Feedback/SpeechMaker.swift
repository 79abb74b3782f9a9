import LinuxIO
import Sound

/// Makes speech of text with espeak-ng, which runs as a program of its own: what it would do to a
/// strange text, it does alone.
struct SpeechMaker {
    enum Failure: Error, Equatable, CustomStringConvertible {
        case missing(String)
        case failed(String)

        var description: String {
            switch self {
            case .missing(let reason): "espeak-ng can't be started: \(reason)"
            case .failed(let reason): "espeak-ng: \(reason)"
            }
        }
    }

    /// In bytes.
    static let textLimit = 1000
    /// Of speech: a minute, and more than anybody listens to.
    static let soundLimitBytes = 8 << 20
    /// How many are kept for the next time.
    static let keptLimit = 64
    private static let patience = Duration.seconds(5)
    private static let chunkBytes = 65_536

    private var kept: [(utterance: Utterance, samples: [Int16])] = []

    /// At the player's rate.
    mutating func samples(of utterance: Utterance) throws -> [Int16] {
        if let index = kept.firstIndex(where: { $0.utterance == utterance }) {
            return kept[index].samples
        }
        let sound = try WaveSound(try speak(utterance))
        let samples = sound.samples(rate: ChimePlayer.rate, volume: utterance.volume)
        kept.append((utterance, samples))
        if kept.count > Self.keptLimit { kept.removeFirst() }
        return samples
    }

    private func speak(_ utterance: Utterance) throws -> [UInt8] {
        let child: ChildProcess
        do {
            child = try ChildProcess([
                "espeak-ng", "-v", utterance.voice, "-s", "\(utterance.speed)", "--stdout", "--",
                String(utterance.text.prefix(Self.textLimit)),
            ])
        } catch {
            throw Failure.missing("\(error)")
        }
        child.closeInput()
        let deadline = SystemTime.monotonic + Self.patience
        var bytes: [UInt8] = []
        while bytes.count < Self.soundLimitBytes {
            switch try child.output.read(limit: Self.chunkBytes) {
            case .bytes(let more): bytes += more
            case .end: return bytes
            case .wouldBlock:
                let left = deadline - SystemTime.monotonic
                guard left > .zero,
                    try Poll.wait(readable: [child.output], timeout: left).readable[0]
                else { throw Failure.failed("it takes too long") }
            }
        }
        throw Failure.failed("it never ends")
    }
}
