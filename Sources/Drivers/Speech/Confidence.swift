import Glibc

/// How likely a hypothesis is right: a logistic model of its evidence.
///
/// The weights were fitted to speakers; each speaker was judged by weights fitted to the others
/// (docs/voice.md). What a fit to a few speakers can't know is not in it: no word has weights.
public enum Confidence {
    /// Where the figures of docs/voice.md were taken.
    public static let threshold = 0.354

    static func probability(of evidence: Evidence) -> Double {
        1 / (1 + exp(-logit(of: evidence)))
    }

    private static func logit(of evidence: Evidence) -> Double {
        -3.1975 + 0.0821 * evidence.worstWord + 0.0727 * evidence.words
            + 0.0012 * evidence.silence + 1.8094 * evidence.pace
            + 0.3229 * Double(evidence.wordCount)
            + (evidence.agreesPlain ? 0.555 : 0) + (evidence.agreesNoisy ? 0.6041 : 0)
    }
}
