/// The best way through one grammar, or through the loop of all sounds.
struct Decoding: Sendable, Equatable {
    struct Segment: Sendable, Equatable {
        /// A word, `three(2)` when it is a word's second way to sound, or `<sil>`.
        var label: String
        var first: Int
        var last: Int
        /// Of the acoustic model alone: a logarithm, the nearer to 0 the better.
        var score: Int

        var frameCount: Int { max(last - first + 1, 0) }

        /// nil: silence, a breath or a noise.
        var word: String? {
            guard let first = label.first, !"<[+(".contains(first) else { return nil }
            return label.firstIndex(of: "(").map { String(label[..<$0]) } ?? label
        }
    }

    var segments: [Segment]
    /// Of the whole way.
    var score: Int
    var frameCount: Int

    static func nothing(frameCount: Int) -> Decoding {
        Decoding(segments: [], score: .min / 2, frameCount: frameCount)
    }

    var words: [Segment] { segments.filter { $0.word != nil } }
    var text: String { words.compactMap(\.word).joined(separator: " ") }
    var scorePerFrame: Double { Double(score) / Double(max(frameCount, 1)) }
}
