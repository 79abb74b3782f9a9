import FoundationEssentials
import Glibc
import LinuxIO
public import SoundFiles

/// Makes speech of text with espeak-ng, which runs as a program of its own. What was said once is
/// kept in a folder, and costs no more than reading it.
public struct Synthesiser: Sendable {
    public enum Failure: Error, Equatable, CustomStringConvertible {
        case missing(reason: String)
        case failed(String)
        case tooLong(limitBytes: Int)

        public var description: String {
            switch self {
            case .missing(let reason): "start espeak-ng: \(reason)"
            case .failed(let ending): "speak: espeak-ng ended with \(ending)"
            case .tooLong(let limit): "speak: the text has more than \(limit) bytes"
            }
        }
    }

    public static let textLimitBytes = 500
    /// Words a minute; espeak-ng's own is 175.
    public static let speeds = 80...400
    private static let patience = Duration.seconds(10)
    private let voice: String
    private let speed: Int
    private let cache: String

    public init(voice: String, speed: Int = 165, cache: String) {
        self.voice = voice
        self.speed = min(max(speed, Self.speeds.lowerBound), Self.speeds.upperBound)
        self.cache = cache
    }

    public func clip(_ text: String) throws -> SoundClip {
        guard text.utf8.count <= Self.textLimitBytes else {
            throw Failure.tooLong(limitBytes: Self.textLimitBytes)
        }
        let path = "\(cache)/\(key(text)).wav"
        // No such file: then it is made.
        if let clip = try? SoundClip(reading: path) { return clip }
        mkdir(cache, 0o755)
        let part = "\(path).\(getpid())"
        try speak(text, into: part)
        let clip = try SoundClip(reading: part)
        // Whole or not at all, whoever else asks for the same text; unkept it is made again.
        if rename(part, path) != 0 { unlink(part) }
        return clip
    }

    private func speak(_ text: String, into path: String) throws {
        let child: ChildProcess
        do {
            child = try ChildProcess(
                ["espeak-ng", "-v", voice, "-s", "\(speed)", "-w", path, "--", text])
        } catch {
            throw Failure.missing(reason: "\(error)")
        }
        let ending = try child.waitForEnd(patience: Self.patience) ?? child.kill()
        guard ending == .exited(status: 0) else { throw Failure.failed("\(ending)") }
    }

    /// FNV-1a, which is the same in every process.
    private func key(_ text: String) -> String {
        let hash = "\(voice) \(speed) \(text)".utf8.reduce(UInt64(0xCBF2_9CE4_8422_2325)) {
            ($0 ^ UInt64($1)) &* 0x100_0000_01B3
        }
        return String(hash, radix: 16)
    }
}
