import CPocketSphinx

/// Cepstra of one utterance, ten milliseconds a frame.
struct Features: Sendable, Equatable {
    var values: [Float]
    var width: Int

    var frameCount: Int { width > 0 ? values.count / width : 0 }
}

/// PocketSphinx's signal processing, apart from its search, so that several searches share it.
final class FrontEnd {
    /// Its own output of an end of speech is one frame.
    private static let slackFrames = 4
    private let handle: OpaquePointer
    private let width: Int

    /// Takes over one reference.
    init(owning handle: OpaquePointer) {
        self.handle = handle
        width = Int(fe_get_output_size(handle))
    }

    deinit {
        fe_free(handle)
    }

    /// The sound goes through twice: the first time the noise estimate learns the noise, so that the
    /// second time it knows it from the first frame on. No utterance leaves a trace in the next.
    func features(of samples: [Int16]) throws(SpeechError) -> Features {
        fe_start_stream(handle)
        _ = try pass(samples)
        return try pass(samples)
    }

    private func pass(_ samples: [Int16]) throws(SpeechError) -> Features {
        let capacity = samples.count / 160 + Self.slackFrames
        var values = [Float](repeating: 0, count: capacity * width)
        guard fe_start_utt(handle) >= 0 else { throw .decoderFailed("begin an utterance") }
        let count = values.withUnsafeMutableBufferPointer { buffer -> Int32 in
            var rows = (0..<capacity).map { buffer.baseAddress?.advanced(by: $0 * width) }
            return samples.withUnsafeBufferPointer { samples in
                var next = samples.baseAddress
                var (left, frames, last) = (samples.count, Int32(capacity - 1), Int32(0))
                guard fe_process_frames(handle, &next, &left, &rows, &frames, nil) >= 0,
                    fe_end_utt(handle, rows[Int(frames)], &last) >= 0
                else { return -1 }
                return frames + last
            }
        }
        guard count >= 0 else { throw .decoderFailed("process the sound") }
        values.removeLast(values.count - Int(count) * width)
        return Features(values: values, width: width)
    }
}
