import ArgumentParser
import CommandKit
import Speech

/// Which language, whose voice.
struct SpeechOptions: ParsableArguments {
    @Option(help: "A language pack other than the built-in English.", completion: .file())
    var language: String?
    @Option(help: "Use the enrolled voice of this folder.", completion: .directory)
    var voice: String?
    @Option(help: "Reject what is less likely than this, 0 to 1.") var threshold: Double?

    func validate() throws {
        if let threshold, !(0...1).contains(threshold) {
            throw ValidationError("--threshold is 0 to 1")
        }
    }

    func pack() throws -> LanguagePack {
        do {
            return try language.map { try LanguagePack(reading: $0) } ?? .english()
        } catch let error as SpeechError {
            throw CommandFailure(code: error.code, message: "\(error)")
        }
    }

    func recogniser() throws -> Recogniser {
        do {
            return try Recogniser(
                pack(), means: voice.map { $0 + "/means" },
                threshold: threshold ?? Confidence.threshold)
        } catch let error as SpeechError {
            throw CommandFailure(code: error.code, message: "\(error)")
        }
    }
}
