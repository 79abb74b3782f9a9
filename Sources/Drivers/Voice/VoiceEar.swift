import LinuxIO
import Scans
import SoundFiles
import Speech

/// From samples and held keys to phrases: when to listen, and what was heard.
struct VoiceEar {
    enum Heard: Equatable {
        case phrase(SpokenPhrase, quality: Int)
        /// Somebody spoke to the station, and it did not understand.
        case notUnderstood
        case nothing
    }

    /// How long the station listens after the wake phrase, and again after each command; in
    /// samples, so that sound from a file is treated as sound from a microphone.
    private static let wakeSamples = 10 * Recogniser.rate
    private static let wakeGrammar = "wake"
    private static let heldLimitSamples = 30 * Recogniser.rate

    private let options: VoiceOptions
    private let recogniser: Recogniser
    private let meaning: SpokenMeaning
    private var endpointer = Endpointer()
    private var held: [Int16]?
    private var finished: [Int16]?
    private var awakeSamples = 0
    private var grammar: String
    /// What was asked for last, so that what there isn't is complained of once.
    private var wanted: String?

    init(_ options: VoiceOptions) throws(SpeechError) {
        let pack: LanguagePack
        if options.languagePack.isEmpty {
            pack = try .english()
        } else {
            pack = try LanguagePack(reading: options.languagePack)
        }
        recogniser = try Recogniser(
            pack, means: options.voice.isEmpty ? nil : options.voice + "/means",
            threshold: options.threshold)
        guard recogniser.grammars.contains(options.grammar) else {
            throw .grammarUnknown(options.grammar, known: recogniser.grammars)
        }
        self.options = options
        grammar = options.grammar
        meaning = SpokenMeaning(pack)
    }

    /// Takes effect with the next utterance that ends. false: there is no such grammar, and it was
    /// not asked for just before; the one of the configuration is listened for.
    mutating func listen(for wanted: String) -> Bool {
        guard wanted != self.wanted else { return true }
        self.wanted = wanted
        let isKnown = recogniser.grammars.contains(wanted)
        grammar = isKnown ? wanted : options.grammar
        return isKnown
    }

    mutating func listenAsConfigured() {
        (wanted, grammar) = (nil, options.grammar)
    }

    /// A key goes down: talk. The last one goes up: that was it.
    mutating func take(_ event: InputEvent) {
        switch event {
        case .pressed where held == nil: held = []
        case .released:
            finished = held
            held = nil
        default: break
        }
    }

    mutating func take(_ samples: [Int16]) throws(SpeechError) -> [Heard] {
        if options.listening == .push { return try takeHeld(samples) }
        awakeSamples = max(awakeSamples - samples.count, 0)
        var heard: [Heard] = []
        for utterance in endpointer.push(samples) { heard.append(try take(utterance: utterance)) }
        return heard
    }

    private mutating func takeHeld(_ samples: [Int16]) throws(SpeechError) -> [Heard] {
        if let held, held.count < Self.heldLimitSamples { self.held = held + samples }
        guard let utterance = finished else { return [] }
        finished = nil
        return [try understand(utterance) ?? .notUnderstood]
    }

    private mutating func take(utterance: [Int16]) throws(SpeechError) -> Heard {
        switch options.listening {
        case .open: return try understand(utterance) ?? .nothing
        case .wake where awakeSamples > 0:
            awakeSamples = Self.wakeSamples
            return try understand(utterance) ?? .notUnderstood
        case .wake:
            let clip = SoundClip(samples: utterance, rate: Recogniser.rate)
            let isCalled = try recogniser.recognise(clip, grammar: Self.wakeGrammar).isAccepted
            if isCalled { awakeSamples = Self.wakeSamples }
            return .nothing
        case .push: return .nothing
        }
    }

    private func understand(_ utterance: [Int16]) throws(SpeechError) -> Heard? {
        let clip = SoundClip(samples: utterance, rate: Recogniser.rate)
        let recognition = try recogniser.recognise(clip, grammar: grammar)
        guard recognition.isAccepted,
            let phrase = meaning.phrase(recognition.text, grammar: grammar)
        else { return nil }
        return .phrase(phrase, quality: Int((recognition.confidence * 100).rounded()))
    }
}
