import ArgumentParser
import CommandKit
import FoundationEssentials
import Glibc
import LinuxIO
import SoundFiles
import Speech

/// Measures the recogniser on a corpus, beside the figures it must beat.
struct Evaluate: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate", abstract: "Measure the recogniser on a corpus.",
        discussion: """
            The manifest is a table with tabs: file (beside the manifest), speaker, transcript, \
            in_grammar (yes or no), state (check, check-long, qty, zone, loc, cmd or oog), kind.

            scanstation-driver-voice evaluate corpus/manifest.tsv
            """)

    @OptionGroup var speech: SpeechOptions
    @Flag(help: "Also print each utterance that went wrong.") var errors = false
    @Argument(help: "The manifest.", completion: .file()) var manifest: String

    func run() throws {
        let corpus: SpeechCorpus
        do {
            corpus = try SpeechCorpus(reading: manifest)
        } catch {
            throw CommandFailure(status: .usage, message: "read \(manifest): \(error)")
        }
        let recogniser = try speech.recogniser()
        var tally = SpeechTally()
        let start = Self.processorSeconds
        for utterance in corpus.utterances {
            let clip = try SoundClip(reading: utterance.path)
            for grammar in utterance.grammars {
                let recognition = try recogniser.recognise(clip, grammar: grammar)
                tally.count(recognition, of: utterance, grammar: grammar, clip.duration)
                if errors { report(recognition, utterance, grammar) }
            }
        }
        tally.processorSeconds = Self.processorSeconds - start
        print(tally.table)
    }

    private func report(
        _ recognition: Recognition, _ utterance: SpeechCorpus.Utterance, _ grammar: String
    ) {
        let isGood =
            utterance.isInGrammar
            ? recognition.isAccepted && recognition.text == utterance.transcript
            : !recognition.isAccepted
        if isGood { return }
        let verdict = recognition.isAccepted ? "accepted" : "rejected"
        print(
            "\(utterance.path)\t\(grammar)\t\(utterance.transcript)\t\(verdict)\t"
                + "\(recognition.text)\t\(recognition.confidence)")
    }

    private static var processorSeconds: Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}

/// Recordings, what was said in them and what could have been said.
struct SpeechCorpus {
    struct Utterance {
        var path: String
        var speaker: String
        var transcript: String
        var isInGrammar: Bool
        var isSynthetic: Bool
        var grammars: [String]
    }

    struct BadManifest: Error, CustomStringConvertible {
        var description: String
    }

    /// Speech out of every grammar is tried against these.
    static let rejecting = [
        "command", "check", "check1", "check2", "check3", "quantity", "zone", "location",
    ]
    private static let grammarOfState = [
        "check-long": "digits", "qty": "quantity", "zone": "zone", "loc": "location",
        "cmd": "command",
    ]

    var utterances: [Utterance] = []

    init(reading path: String) throws {
        let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
        let text = String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
        var lines = text.split(separator: "\n").map { line in
            line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        }
        guard !lines.isEmpty else { throw BadManifest(description: "it is empty") }
        let head = lines.removeFirst()
        for row in lines where row.count == head.count {
            let field = Dictionary(zip(head, row), uniquingKeysWith: { first, _ in first })
            guard let file = field["file"], let transcript = field["transcript"],
                let kind = field["kind"], let state = field["state"]
            else { throw BadManifest(description: "a column is missing") }
            if kind.hasPrefix("noise") { continue }
            let isInGrammar = field["in_grammar"] == "yes"
            let count = transcript.split(separator: " ").count
            let own = state == "check" ? "check\(count)" : Self.grammarOfState[state]
            utterances.append(
                Utterance(
                    path: folder + file, speaker: field["speaker"] ?? "", transcript: transcript,
                    isInGrammar: isInGrammar, isSynthetic: kind == "synthetic",
                    grammars: isInGrammar ? [own ?? state] : Self.rejecting))
        }
    }
}
