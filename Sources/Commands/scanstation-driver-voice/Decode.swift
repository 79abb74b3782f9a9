import ArgumentParser
import CommandKit
import FoundationEssentials
import Glibc
import LinuxIO
import SoundFiles
import Speech

/// Recognises recordings; `scanstationctl decode speech` ends here.
struct Decode: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decode", abstract: "Recognise the commands in recordings.",
        discussion: """
            WAV, FLAC and Ogg, at any rate; each file is one utterance. Exit 1 when any could not \
            be read or was rejected.

            scanstationctl decode speech --grammar check2 answer.wav
            scanstationctl decode speech --grammar command - --json < paths.txt
            """)

    @Option(help: "What can be said: command, check, check1 to check4, digits, quantity...")
    var grammar: String
    @OptionGroup var speech: SpeechOptions
    @Flag(help: "One JSON object a line.") var json = false
    @Argument(help: "The recordings, or - for one path a line on standard input.")
    var paths: [String]

    func run() throws {
        let recogniser = try speech.recogniser()
        guard recogniser.grammars.contains(grammar) else {
            throw CommandFailure(
                status: .usage, code: "speech-grammar",
                message: "there is no grammar '\(grammar)': "
                    + recogniser.grammars.joined(separator: ", "))
        }
        var isAllGood = true
        for path in paths {
            if path == "-" {
                while let line = readLine() {
                    isAllGood = show(SpeechReport(line, recogniser, grammar)) && isAllGood
                }
            } else {
                isAllGood = show(SpeechReport(path, recogniser, grammar)) && isAllGood
            }
        }
        if !isAllGood { throw ExitCode(ExitStatus.failed.rawValue) }
    }

    /// Whether it was understood.
    private func show(_ report: SpeechReport) -> Bool {
        print(json ? report.json : report.line)
        fflush(nil)
        return report.accepted
    }
}

/// What became of one recording.
struct SpeechReport: Encodable {
    struct Fault: Encodable {
        var code: String
        var message: String
    }

    var file: String
    var accepted = false
    var text = ""
    var confidence = 0.0
    var milliseconds = 0.0
    var error: Fault?

    init(_ path: String, _ recogniser: Recogniser, _ grammar: String) {
        file = path
        let start = SystemTime.monotonic
        do {
            let recognition = try recogniser.recognise(SoundClip(reading: path), grammar: grammar)
            accepted = recognition.isAccepted
            text = recognition.text
            confidence = (recognition.confidence * 1000).rounded() / 1000
        } catch let fault as SpeechError {
            error = Fault(code: fault.code, message: "\(fault)")
        } catch {
            self.error = Fault(code: "sound-file", message: "\(error)")
        }
        milliseconds = Double((SystemTime.monotonic - start).microseconds) / 1000
    }

    var json: String {
        // Numbers, texts and booleans can always be encoded.
        let data = (try? JSONEncoder.sorted.encode(self)) ?? Data()
        return String(decoding: data, as: UTF8.self)
    }

    var line: String {
        if let error { return "\(file)\terror\t\(error.message)" }
        let verdict = accepted ? "accepted" : "rejected"
        return "\(file)\t\(verdict)\t\(text)\t\(confidence)"
    }
}

extension JSONEncoder {
    static var sorted: JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return encoder
    }
}
