import Glibc

/// What speaks for a hypothesis: how much worse the sounds fit when they must be these words.
struct Evidence: Sendable, Equatable {
    /// A frame, of the word that fits worst. 0: the words fit as well as any sounds.
    var worstWord: Double
    /// A frame, of all words.
    var words: Double
    /// A frame of speech, of what the grammar takes for silence. Below 0: speech was skipped.
    var silence: Double
    /// Whether the sound as it came, and with its noise left in, says the same words.
    var agreesPlain: Bool
    var agreesNoisy: Bool
    var wordCount: Int
    /// The shortest word's frames for each of its sounds, as a natural logarithm.
    var pace: Double
}

extension Evidence {
    /// nil: there are no words.
    init?(
        _ best: Decoding, phones: Decoding, soundsOf: (String) -> Int,
        agreesPlain: Bool, agreesNoisy: Bool
    ) {
        let words = best.words
        guard !words.isEmpty else { return nil }
        let loop = PhoneScores(phones)
        let ratios = words.map { Double($0.score) - loop.sum($0) }
        let frames = words.map { Double($0.frameCount) }
        let total = max(frames.reduce(0, +), 1)
        let silences = best.segments.filter { $0.word == nil && $0.last >= $0.first }
        worstWord = zip(ratios, frames).map { $0 / max($1, 1) }.min() ?? 0
        self.words = ratios.reduce(0, +) / total
        silence =
            silences.map { Double($0.score) - loop.sum($0) }.reduce(0, +) / total
        pace =
            words.map { word in
                log(Double(max(word.frameCount, 1)) / Double(max(soundsOf(word.label), 1)))
            }.min() ?? 0
        wordCount = words.count
        self.agreesPlain = agreesPlain
        self.agreesNoisy = agreesNoisy
    }
}

/// The phone loop's score of each frame, a segment's score being spread evenly over it.
private struct PhoneScores {
    private var before: [Double] = [0]

    init(_ phones: Decoding) {
        for segment in phones.segments {
            let share = Double(segment.score) / Double(max(segment.frameCount, 1))
            for _ in 0..<max(segment.frameCount, 0) { before.append((before.last ?? 0) + share) }
        }
    }

    /// 0 for a segment without frames, which PocketSphinx has where a word is skipped.
    func sum(_ segment: Decoding.Segment) -> Double {
        guard segment.last >= segment.first, segment.first >= 0 else { return 0 }
        let last = before.count - 1
        return before[min(segment.last + 1, last)] - before[min(segment.first, last)]
    }
}
