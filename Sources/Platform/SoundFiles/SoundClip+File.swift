import CSndFile

extension SoundClip {
    /// No recording of a command is longer; an hour of sound would only fill the memory.
    public static let lengthLimit = Duration.seconds(600)
    private static let channelsLimit = 32

    /// Reads a WAV, FLAC or Ogg file; several channels become their mean.
    public init(reading path: String) throws(SoundFileError) {
        var info = SF_INFO()
        guard let file = sf_open(path, Int32(SFM_READ), &info) else {
            throw .unreadable(path, reason: String(cString: sf_strerror(nil)))
        }
        defer { sf_close(file) }
        let (rate, channels) = (Int(info.samplerate), Int(info.channels))
        guard rate > 0, (1...Self.channelsLimit).contains(channels) else {
            throw .unreadable(path, reason: "\(channels) channels at \(rate) samples a second")
        }
        let framesLimit = rate * Int(Self.lengthLimit.components.seconds)
        guard info.frames <= framesLimit else { throw .tooLong(path, limit: Self.lengthLimit) }
        self.init(
            samples: try Self.mono(file, path, channels: channels, framesLimit: framesLimit),
            rate: rate)
    }

    /// By blocks, because a broken header can promise any length.
    private static func mono(
        _ file: OpaquePointer, _ path: String, channels: Int, framesLimit: Int
    ) throws(SoundFileError) -> [Int16] {
        let blockFrames = 16_384
        var block = [Int16](repeating: 0, count: blockFrames * channels)
        var samples: [Int16] = []
        while true {
            let frames = Int(sf_readf_short(file, &block, Int64(blockFrames)))
            guard frames > 0 else { break }
            guard samples.count + frames <= framesLimit else {
                throw .tooLong(path, limit: lengthLimit)
            }
            for frame in 0..<frames {
                let sum = block[frame * channels..<(frame + 1) * channels]
                    .reduce(0) { $0 + Int($1) }
                samples.append(Int16(sum / channels))
            }
        }
        guard sf_error(file) == Int32(SF_ERR_NO_ERROR) else {
            throw .unreadable(path, reason: String(cString: sf_strerror(file)))
        }
        return samples
    }

    /// Writes a WAV file of 16-bit samples.
    public func write(to path: String) throws(SoundFileError) {
        var info = SF_INFO()
        info.samplerate = Int32(clamping: rate)
        info.channels = 1
        info.format = Int32(SF_FORMAT_WAV | SF_FORMAT_PCM_16)
        guard let file = sf_open(path, Int32(SFM_WRITE), &info) else {
            throw .unwritable(path, reason: String(cString: sf_strerror(nil)))
        }
        let written = sf_writef_short(file, samples, Int64(samples.count))
        guard sf_close(file) == 0, written == samples.count else {
            throw .unwritable(path, reason: "\(written) of \(samples.count) samples were written")
        }
    }
}
