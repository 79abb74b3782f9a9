import CSampleRate

/// Brings a stream of samples to another rate. One stream each; not for two threads at once.
public final class Resampler {
    public let source: Int
    public let target: Int
    private let state: OpaquePointer

    public init(from source: Int, to target: Int) throws(SoundFileError) {
        var number: Int32 = 0
        guard source > 0, target > 0,
            let state = src_new(Int32(SRC_SINC_FASTEST), 1, &number)
        else {
            throw .notConverted(from: source, to: target, reason: Self.reason(number))
        }
        self.source = source
        self.target = target
        self.state = state
    }

    deinit {
        src_delete(state)
    }

    /// What the next samples become. A few lie in the filter until more come, or the end.
    public func convert(
        _ samples: [Int16], isEnd: Bool = false
    ) throws(SoundFileError) -> [Int16] {
        if source == target { return samples }
        let input = samples.map { Float($0) / 32_768 }
        let capacity = samples.count * target / source + 4096
        var output = [Float](repeating: 0, count: capacity)
        var data = SRC_DATA()
        let number = input.withUnsafeBufferPointer { input in
            output.withUnsafeMutableBufferPointer { output in
                data.data_in = input.baseAddress
                data.data_out = output.baseAddress
                data.input_frames = input.count
                data.output_frames = output.count
                data.end_of_input = isEnd ? 1 : 0
                data.src_ratio = Double(target) / Double(source)
                return src_process(state, &data)
            }
        }
        guard number == 0 else {
            throw .notConverted(from: source, to: target, reason: Self.reason(number))
        }
        return output.prefix(Int(data.output_frames_gen)).map { sample in
            Int16(max(-32_768, min(32_767, (sample * 32_768).rounded())))
        }
    }

    private static func reason(_ number: Int32) -> String {
        src_strerror(number).map { String(cString: $0) } ?? "rates that no filter takes"
    }
}

extension SoundClip {
    /// The same sound at another rate.
    public func resampled(to target: Int) throws(SoundFileError) -> SoundClip {
        if rate == target { return self }
        let resampler = try Resampler(from: rate, to: target)
        return SoundClip(samples: try resampler.convert(samples, isEnd: true), rate: target)
    }
}
