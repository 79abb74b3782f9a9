import CPocketSphinx

/// PocketSphinx: one acoustic model, its words, and as many grammars as are added. Switching
/// between them takes microseconds. One thread at a time uses it.
final class SpeechDecoder {
    private static let phoneLoop = "_phones"
    /// Beams wider than PocketSphinx's own lose nothing in noise; the rest is explained in
    /// docs/voice.md.
    private static let settings = [
        "-lw", "1", "-silprob", "0.3", "-beam", "1e-60", "-pbeam", "1e-60", "-wbeam", "1e-50",
        "-remove_silence", "no", "-allphone_ci", "yes", "-bestpath", "no",
    ]

    private let handle: OpaquePointer
    /// With the noise taken away, as the model was trained.
    let cleaning: FrontEnd
    /// With the noise left in.
    let plain: FrontEnd

    /// `means` replaces those of the model by adapted ones.
    init(model: String, means: String? = nil) throws(SpeechError) {
        // The library logs to one file a process; what matters comes back as an error.
        var words = ["scanstation", "-hmm", model, "-logfn", "/dev/null"] + Self.settings
        if let means { words += ["-mean", means] }
        var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) }
        defer { arguments.forEach { free($0) } }
        let configuration = cmd_ln_parse_r(
            nil, ps_args(), Int32(arguments.count), &arguments, 1)
        guard let configuration else { throw .modelUnusable(model) }
        defer { cmd_ln_free_r(configuration) }
        guard let handle = ps_init(configuration) else { throw .modelUnusable(model) }
        self.handle = handle
        guard let cleaning = fe_retain(ps_get_fe(handle)) else {
            ps_free(handle)
            throw .modelUnusable(model)
        }
        self.cleaning = FrontEnd(owning: cleaning)
        cmd_ln_set_int_r(configuration, "-remove_noise", 0)
        defer { cmd_ln_set_int_r(configuration, "-remove_noise", 1) }
        guard let plain = fe_init_auto_r(configuration) else {
            ps_free(handle)
            throw .modelUnusable(model)
        }
        self.plain = FrontEnd(owning: plain)
    }

    deinit {
        ps_free(handle)
    }

    /// Before the grammars that use them.
    func add(words: [String: [String]]) throws(SpeechError) {
        for (word, sounds) in words.sorted(by: { $0.key < $1.key }) {
            for (index, phones) in sounds.enumerated() {
                let label = Self.label(word, way: index)
                guard ps_add_word(handle, label, phones, 0) >= 0 else { throw .wordUnusable(word) }
            }
        }
        guard ps_set_allphone_file(handle, Self.phoneLoop, nil) == 0 else {
            throw .grammarUnusable("phones")
        }
    }

    /// `three`, and `three(2)` for its second way to sound.
    static func label(_ word: String, way: Int) -> String {
        way == 0 ? word : "\(word)(\(way + 1))"
    }

    func add(grammar name: String, _ jsgf: String) throws(SpeechError) {
        guard ps_set_jsgf_string(handle, name, jsgf) == 0 else { throw .grammarUnusable(name) }
    }

    func decode(_ features: Features, grammar: String) throws(SpeechError) -> Decoding {
        try search(features, grammar)
    }

    /// What the sounds are, whatever words they make.
    func phones(_ features: Features) throws(SpeechError) -> Decoding {
        try search(features, Self.phoneLoop)
    }

    private func search(_ features: Features, _ name: String) throws(SpeechError) -> Decoding {
        guard ps_set_search(handle, name) == 0 else { throw .decoderFailed("use '\(name)'") }
        guard ps_start_utt(handle) == 0 else { throw .decoderFailed("begin an utterance") }
        // A copy: the search subtracts the utterance's mean in place.
        var values = features.values
        let count = values.withUnsafeMutableBufferPointer { buffer in
            var rows = (0..<features.frameCount).map {
                buffer.baseAddress?.advanced(by: $0 * features.width)
            }
            return ps_process_cep(handle, &rows, Int32(rows.count), 0, 1)
        }
        guard ps_end_utt(handle) == 0, count >= 0 else { throw .decoderFailed("search") }
        return decoding(frameCount: features.frameCount)
    }

    private func decoding(frameCount: Int) -> Decoding {
        var score: Int32 = 0
        guard ps_get_hyp(handle, &score) != nil else { return .nothing(frameCount: frameCount) }
        var decoding = Decoding(segments: [], score: Int(score), frameCount: frameCount)
        var segment = ps_seg_iter(handle)
        while let current = segment {
            decoding.segments.append(Decoding.Segment(current))
            segment = ps_seg_next(current)
        }
        return decoding
    }
}

extension Decoding.Segment {
    fileprivate init(_ segment: OpaquePointer) {
        var (first, last) = (Int32(0), Int32(0))
        var (acoustic, language, back) = (Int32(0), Int32(0), Int32(0))
        ps_seg_frames(segment, &first, &last)
        ps_seg_prob(segment, &acoustic, &language, &back)
        self.init(
            label: String(cString: ps_seg_word(segment)), first: Int(first), last: Int(last),
            score: Int(acoustic))
    }
}
