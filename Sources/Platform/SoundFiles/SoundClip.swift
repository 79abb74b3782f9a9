/// Sound of one channel: 16-bit samples at one rate.
public struct SoundClip: Sendable, Equatable {
    public var samples: [Int16]
    /// Samples a second.
    public var rate: Int

    public init(samples: [Int16], rate: Int) {
        self.samples = samples
        self.rate = rate
    }

    public var duration: Duration {
        .microseconds(rate > 0 ? samples.count * 1_000_000 / rate : 0)
    }
}

/// Why a sound could not be had, with what was tried and on what.
public enum SoundFileError: Error, Equatable, CustomStringConvertible {
    case unreadable(String, reason: String)
    case unwritable(String, reason: String)
    case tooLong(String, limit: Duration)
    case notConverted(from: Int, to: Int, reason: String)

    public var description: String {
        switch self {
        case .unreadable(let path, let reason): "read sound \(path): \(reason)"
        case .unwritable(let path, let reason): "write sound \(path): \(reason)"
        case .tooLong(let path, let limit): "read sound \(path): longer than \(limit)"
        case .notConverted(let from, let to, let reason):
            "convert sound from \(from) to \(to) samples a second: \(reason)"
        }
    }
}
