import ArgumentParser
import CommandKit
import FoundationEssentials
import Glibc
import SoundFiles
import Speech

/// Learns an operator's voice, or forgets it.
struct Enrol: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "enrol", abstract: "Learn one operator's voice through one headset.",
        discussion: """
            The operator says twenty digits. Optional: without it everybody's voice is recognised, \
            less well. --recordings takes a table instead: path, a tab, what was said.

            scanstationctl voice enrol --folder voices/mia-blue-headset
            scanstationctl voice enrol --folder voices/mia-blue-headset --forget
            """)

    private static let rounds = 5
    private static let digitsARound = 4

    @Option(help: "Where the voice is kept.", completion: .directory) var folder: String
    @Option(help: "A table of recordings.", completion: .file()) var recordings: String?
    @Flag(help: "Delete the voice.") var forget = false
    @Option(help: "A language pack other than the built-in English.") var language: String?
    @Option(help: "The ALSA name of the microphone.") var device = "default"

    func run() throws {
        if forget { return try delete() }
        do {
            let pack = try language.map { try LanguagePack(reading: $0) } ?? .english()
            let enrolment = try VoiceEnrolment(pack)
            if let recordings {
                try learn(enrolment, from: recordings)
            } else {
                try learn(enrolment, pack)
            }
            guard enrolment.wordCount >= VoiceEnrolment.leastWords else {
                throw CommandFailure(
                    code: "nothing-heard", message: "\(enrolment.wordCount) words are too few")
            }
            try enrolment.write(to: folder)
            print("\(enrolment.wordCount) words learnt: use '\(folder)' as 'voice'.")
        } catch let error as SpeechError {
            throw CommandFailure(code: error.code, message: "\(error)")
        }
    }

    private func delete() throws {
        guard unlink(folder + "/means") == 0, rmdir(folder) == 0 else {
            throw CommandFailure(
                code: "voice-missing",
                message: "delete \(folder): \(String(cString: strerror(errno)))")
        }
        print("Forgotten.")
    }

    private func learn(_ enrolment: VoiceEnrolment, from table: String) throws {
        let folder = table.lastIndex(of: "/").map { String(table[...$0]) } ?? ""
        let data: Data
        do {
            data = try Data(contentsOf: URL(filePath: table))
        } catch {
            throw CommandFailure(status: .usage, message: "read \(table): \(error)")
        }
        for line in String(decoding: data, as: UTF8.self).split(separator: "\n") {
            let fields = line.split(separator: "\t").map(String.init)
            guard fields.count >= 2 else { continue }
            let path = fields[0].hasPrefix("/") ? fields[0] : folder + fields[0]
            let words = fields[1].split(separator: " ").map(String.init)
            if try !enrolment.add(SoundClip(reading: path), saying: words) {
                printError("\(path): does not sound like '\(fields[1])', left out")
            }
        }
    }

    private func learn(_ enrolment: VoiceEnrolment, _ pack: LanguagePack) throws {
        let digits = pack.digits.keys.sorted()
        for round in 0..<Self.rounds {
            // Every digit twice, never in the same company.
            let words = (0..<Self.digitsARound).map { index in
                digits[(round * Self.digitsARound + index * 3 + round / 2) % digits.count]
            }
            print("Say: " + words.joined(separator: " "))
            fflush(nil)
            let utterance = try utterance()
            let clip = SoundClip(samples: utterance, rate: Recogniser.rate)
            if try !enrolment.add(clip, saying: words) { print("That was not understood.") }
        }
    }

    private func utterance() throws -> [Int16] {
        var endpointer = Endpointer()
        var heard: [Int16] = []
        var microphone = Microphone()
        microphone.device = device
        try microphone.listen(seconds: 15) { samples in
            heard = endpointer.push(samples).first ?? []
            return heard.isEmpty
        }
        return heard
    }
}
