public import SoundFiles

/// What was understood of one utterance.
public struct Recognition: Sendable, Equatable {
    /// The words, one space between them; empty when there were none.
    public var text: String
    /// How likely the words are right: 0...1, by a model fitted to many speakers.
    public var confidence: Double
    public var isAccepted: Bool
}

/// Words of a grammar in an utterance, and whether to believe them. One thread at a time uses it.
///
/// An utterance is heard whole, three times: under a whisper of noise, as it came, and with its
/// own noise left in. The best way through the grammar wins; that the others agree speaks for it.
public final class Recogniser {
    /// In samples a second; what the acoustic model was trained on.
    public static let rate = 16_000
    public static let utteranceLimit = Duration.seconds(60)
    /// Less than this is a click.
    private static let shortestSamples = rate / 20

    /// From the lowest to the highest sample: less is a microphone that is off, whose silence would
    /// be heard as words all the same.
    private static let quietestSpan = 16

    private let decoder: SpeechDecoder
    private let soundCounts: [String: Int]
    /// The names of the grammars, in order.
    public let grammars: [String]
    /// What is less likely than this is rejected.
    public var threshold: Double

    /// `means` are those of an enrolled operator.
    public init(
        _ pack: LanguagePack, means: String? = nil, threshold: Double = Confidence.threshold
    ) throws(SpeechError) {
        decoder = try SpeechDecoder(model: pack.model, means: means)
        self.threshold = threshold
        soundCounts = Self.soundCounts(pack.words)
        grammars = pack.grammars.keys.sorted()
        try decoder.add(words: pack.words)
        for name in grammars { try decoder.add(grammar: name, pack.jsgf(name) ?? "") }
    }

    /// Of each way in which a word can sound, by the decoder's label for it.
    private static func soundCounts(_ words: [String: [String]]) -> [String: Int] {
        var counts: [String: Int] = [:]
        for (word, ways) in words {
            for (index, way) in ways.enumerated() {
                counts[SpeechDecoder.label(word, way: index)] = way.split(separator: " ").count
            }
        }
        return counts
    }

    /// One utterance, whole.
    public func recognise(
        _ clip: SoundClip, grammar: String
    ) throws(SpeechError) -> Recognition {
        guard grammars.contains(grammar) else {
            throw .grammarUnknown(grammar, known: grammars)
        }
        guard clip.duration <= Self.utteranceLimit else {
            throw .utteranceTooLong(limit: Self.utteranceLimit)
        }
        let samples = try samples(of: clip)
        guard samples.count >= Self.shortestSamples, Self.isOn(samples) else { return .nothing }
        return try recognise(samples, grammar)
    }

    private static func isOn(_ samples: [Int16]) -> Bool {
        guard let low = samples.min(), let high = samples.max() else { return false }
        return Int(high) - Int(low) >= quietestSpan
    }

    private func samples(of clip: SoundClip) throws(SpeechError) -> [Int16] {
        do {
            return try clip.resampled(to: Self.rate).samples
        } catch {
            throw .decoderFailed("\(error)")
        }
    }

    private func recognise(
        _ samples: [Int16], _ grammar: String
    ) throws(SpeechError) -> Recognition {
        let masked = try decoder.cleaning.features(of: MaskingNoise.added(to: samples))
        let phones = try decoder.phones(masked)
        let ways = [
            try decoder.decode(masked, grammar: grammar),
            try decoder.decode(decoder.cleaning.features(of: samples), grammar: grammar),
            try decoder.decode(decoder.plain.features(of: samples), grammar: grammar),
        ]
        guard let best = ways.max(by: { $0.scorePerFrame < $1.scorePerFrame }) else {
            return .nothing
        }
        let evidence = Evidence(
            best, phones: phones, soundsOf: { soundCounts[$0] ?? 1 },
            agreesPlain: ways[0].text == ways[1].text, agreesNoisy: ways[1].text == ways[2].text)
        guard let evidence else { return .nothing }
        let confidence = Confidence.probability(of: evidence)
        return Recognition(
            text: best.text, confidence: confidence, isAccepted: confidence >= threshold)
    }
}

extension Recognition {
    static let nothing = Recognition(text: "", confidence: 0, isAccepted: false)
}
