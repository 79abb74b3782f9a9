import FoundationEssentials
import Glibc
import Speech

/// Counts right, wrong and rejected, and prints them beside the reference.
struct SpeechTally {
    struct Counts {
        var total = 0
        var right = 0
        var wrong = 0
        /// With nothing rejected.
        var rightUnfiltered = 0
        var words = 0
        var wordErrors = 0
    }

    private var people: [String: Counts] = [:]
    private var strangers: [String: (total: Int, accepted: Int)] = [:]
    private var soundSeconds = 0.0
    var processorSeconds = 0.0

    mutating func count(
        _ recognition: Recognition, of utterance: SpeechCorpus.Utterance, grammar: String,
        _ duration: Duration
    ) {
        soundSeconds +=
            Double(duration.components.seconds)
            + Double(duration.components.attoseconds) / 1e18
        guard utterance.isInGrammar else {
            strangers[grammar, default: (0, 0)].total += 1
            if recognition.isAccepted { strangers[grammar, default: (0, 0)].accepted += 1 }
            return
        }
        let isRight = recognition.text == utterance.transcript
        let names = utterance.isSynthetic ? ["synthetic"] : ["people", "  " + utterance.speaker]
        for name in names {
            var counts = people[name] ?? Counts()
            counts.total += 1
            if isRight { counts.rightUnfiltered += 1 }
            if recognition.isAccepted {
                if isRight { counts.right += 1 } else { counts.wrong += 1 }
            }
            counts.words += utterance.transcript.split(separator: " ").count
            counts.wordErrors += Self.distance(
                recognition.text.split(separator: " "), utterance.transcript.split(separator: " "))
            people[name] = counts
        }
    }

    /// Words put in, left out or mistaken.
    private static func distance(_ one: [Substring], _ other: [Substring]) -> Int {
        var row = Array(0...other.count)
        for (index, word) in one.enumerated() {
            var diagonal = row[0]
            row[0] = index + 1
            for column in other.indices {
                let cost = diagonal + (word == other[column] ? 0 : 1)
                diagonal = row[column + 1]
                row[column + 1] = min(cost, row[column] + 1, diagonal + 1)
            }
        }
        return row[other.count]
    }
}

extension SpeechTally {
    var table: String {
        var lines = ["speaker               n  right% wrong% rejected%  unfiltered%   WER%"]
        let order = people.keys.sorted {
            ($0.hasPrefix(" ") ? 1 : 0, $0) < ($1.hasPrefix(" ") ? 1 : 0, $1)
        }
        for name in order {
            guard let counts = people[name] else { continue }
            let rejected = counts.total - counts.right - counts.wrong
            lines.append(
                Self.left(name, 16) + Self.right("\(counts.total)", 8)
                    + Self.percent(counts.right, counts.total)
                    + Self.percent(counts.wrong, counts.total)
                    + Self.percent(rejected, counts.total) + "   "
                    + Self.percent(counts.rightUnfiltered, counts.total) + "   "
                    + Self.percent(counts.wordErrors, counts.words))
        }
        lines.append("reference, other speakers  75.0   7.1    17.9          84.8      11.7")
        lines.append("")
        lines.append("out of grammar  accepted%")
        for (grammar, counts) in strangers.sorted(by: { $0.key < $1.key }) {
            lines.append(Self.left(grammar, 16) + Self.percent(counts.accepted, counts.total))
        }
        let all = strangers.values.reduce(into: (0, 0)) {
            $0 = ($0.0 + $1.total, $0.1 + $1.accepted)
        }
        lines.append(Self.left("all", 16) + Self.percent(all.1, all.0))
        lines.append("reference, other speakers  12.6")
        lines.append("")
        lines.append(
            "sound \(Int(soundSeconds)) s, processor time / sound "
                + "\((processorSeconds / max(soundSeconds, 1) * 1000).rounded() / 1000), "
                + "peak memory \(Self.peakKilobytes / 1024) MB")
        return lines.joined(separator: "\n")
    }

    private static var peakKilobytes: Int {
        var usage = rusage()
        getrusage(Int32(RUSAGE_SELF.rawValue), &usage)
        return usage.ru_maxrss
    }

    private static func percent(_ part: Int, _ whole: Int) -> String {
        let tenths = whole > 0 ? Int((Double(part) * 1000 / Double(whole)).rounded()) : 0
        return right("\(tenths / 10).\(tenths % 10)", 7)
    }

    private static func left(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(width - text.count, 1))
    }

    private static func right(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(width - text.count, 1)) + text
    }
}
