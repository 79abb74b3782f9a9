import FoundationEssentials
public import SoundFiles

/// Learns one operator's voice through one headset from words that they were asked to say.
public final class VoiceEnrolment {
    /// Fewer words than this move too little to be worth the minute.
    public static let leastWords = 10
    public static let wordsLimit = 200
    private static let prefix = "ph_"
    private let pack: LanguagePack
    private let decoder: SpeechDecoder
    private var adaptation: VoiceAdaptation
    public private(set) var wordCount = 0

    public init(_ pack: LanguagePack) throws(SpeechError) {
        self.pack = pack
        decoder = try SpeechDecoder(model: pack.model)
        adaptation = try VoiceAdaptation(model: pack.model)
        let sounds = Set(
            pack.words.values.joined().flatMap { $0.split(separator: " ").map(String.init) })
        try decoder.add(
            words: Dictionary(uniqueKeysWithValues: sounds.map { (Self.prefix + $0, [$0]) }))
    }

    /// Takes a recording in which these words, and no others, were said. false: it does not sound
    /// like that.
    public func add(_ clip: SoundClip, saying words: [String]) throws(SpeechError) -> Bool {
        guard wordCount + words.count <= Self.wordsLimit else {
            throw .utteranceTooLong(limit: Recogniser.utteranceLimit)
        }
        try decoder.add(grammar: "enrol", try jsgf(words))
        let samples: [Int16]
        do {
            samples = try clip.resampled(to: Recogniser.rate).samples
        } catch {
            throw .decoderFailed("\(error)")
        }
        let masked = try decoder.cleaning.features(of: MaskingNoise.added(to: samples))
        let decoding = try decoder.decode(masked, grammar: "enrol")
        guard !decoding.words.isEmpty else { return false }
        adaptation.add(masked, sounds: Self.sounds(decoding))
        wordCount += words.count
        return true
    }

    /// Writes the voice into a folder, for `Recogniser(means:)`.
    public func write(to folder: String) throws(SpeechError) {
        do {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw .voiceUnwritable(folder, reason: "\(error)")
        }
        try adaptation.means().write(to: folder + "/means")
    }

    private static func sounds(
        _ decoding: Decoding
    ) -> [(name: String, frames: ClosedRange<Int>)] {
        decoding.segments.compactMap { segment in
            guard segment.last >= segment.first else { return nil }
            let frames = segment.first...segment.last
            if let word = segment.word, word.hasPrefix(prefix) {
                return (String(word.dropFirst(prefix.count)), frames)
            }
            return segment.label == "<sil>" ? ("SIL", frames) : nil
        }
    }

    /// The words as sequences of sounds, each of which the search takes for a word.
    private func jsgf(_ words: [String]) throws(SpeechError) -> String {
        var body: [String] = []
        for word in words {
            guard let ways = pack.words[word] else { throw .wordUnusable(word) }
            let sequences = ways.map { way in
                way.split(separator: " ").map { Self.prefix + $0 }.joined(separator: " ")
            }
            body.append("( " + sequences.joined(separator: " | ") + " )")
        }
        return "#JSGF V1.0;\ngrammar enrol;\npublic <enrol> = " + body.joined(separator: " ")
            + ";\n"
    }
}
