import Foundation
import SoundFiles
import Testing

@testable import Speech

@Suite(.serialized) struct RecogniserTests {
    private static let recordings: [(file: String, said: String, state: String, isKnown: Bool)] = {
        let lines =
            (try? String(contentsOf: folder.appending(path: "manifest.tsv"), encoding: .utf8)) ?? ""
        return lines.split(separator: "\n").dropFirst().map { line in
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(
                String.init)
            return (fields[0], fields[2], fields[4], fields[3] == "yes")
        }
    }()

    static var folder: URL {
        Bundle.module.resourceURL?.appending(path: "Data") ?? URL(filePath: "/")
    }

    static func clip(_ file: String) throws -> SoundClip {
        try SoundClip(reading: folder.appending(path: file).path)
    }

    private static func grammar(_ said: String, _ state: String) -> String {
        state == "cmd" ? "command" : "check\(said.split(separator: " ").count)"
    }

    private let recogniser: Recogniser

    init() throws {
        recogniser = try Recogniser(.english())
    }

    @Test func commandsOfAClearVoiceAreUnderstood() throws {
        let commands = Self.recordings.filter { $0.state == "cmd" }
        #expect(commands.count == 6)
        let right = try commands.count { recording in
            let heard = try recogniser.recognise(Self.clip(recording.file), grammar: "command")
            return heard.text == recording.said && heard.isAccepted
        }
        #expect(right >= 5)
    }

    @Test func crowdDigitsAreMostlyRightAndWordsOfNoGrammarMostlyRejected() throws {
        var (right, wrong, strangers) = (0, 0, 0)
        for recording in Self.recordings where recording.file.hasPrefix("crowd/") {
            let grammar = recording.isKnown ? "check1" : "check2"
            let heard = try recogniser.recognise(Self.clip(recording.file), grammar: grammar)
            guard heard.isAccepted else { continue }
            if !recording.isKnown {
                strangers += 1
            } else if heard.text == recording.said {
                right += 1
            } else {
                wrong += 1
            }
        }
        #expect(right >= 5)
        #expect(wrong <= 1)
        #expect(strangers <= 1)
    }

    @Test func aRecordingAlwaysReadsTheSameWhateverCameBefore() throws {
        let clip = try Self.clip("digits/d_7_0.flac")
        let first = try recogniser.recognise(clip, grammar: "check1")
        _ = try recogniser.recognise(Self.clip("synthetic/11.flac"), grammar: "command")
        #expect(try recogniser.recognise(clip, grammar: "check1") == first)
        #expect(try Recogniser(.english()).recognise(clip, grammar: "check1") == first)
    }

    @Test(arguments: [0, 100, 799, 16_000])
    func silenceSaysNothing(samples: Int) throws {
        let silence = SoundClip(samples: [Int16](repeating: 0, count: samples), rate: 16_000)
        #expect(try !recogniser.recognise(silence, grammar: "command").isAccepted)
    }

    @Test func anUtteranceOfTheLimitIsTakenAndALongerOneIsNot() throws {
        let limit = Int(Recogniser.utteranceLimit.components.seconds) * 100
        let full = SoundClip(samples: [Int16](repeating: 0, count: limit), rate: 100)
        #expect(try !recogniser.recognise(full, grammar: "zone").isAccepted)
        let over = SoundClip(samples: full.samples + [0], rate: 100)
        #expect(throws: SpeechError.utteranceTooLong(limit: Recogniser.utteranceLimit)) {
            try recogniser.recognise(over, grammar: "zone")
        }
    }

    @Test func anUnknownGrammarIsNamed() throws {
        #expect(throws: SpeechError.grammarUnknown("nope", known: recogniser.grammars)) {
            try recogniser.recognise(SoundClip(samples: [], rate: 16_000), grammar: "nope")
        }
    }

    /// The worst speaker of the set, untrained: joined digits teach, single ones test.
    @Test func enrolmentMakesAVoiceBetterUnderstood() throws {
        let enrolment = try VoiceEnrolment(.english())
        for recording in Self.recordings where recording.file.hasPrefix("digits/cd") {
            #expect(
                try enrolment.add(
                    Self.clip(recording.file),
                    saying: recording.said.split(separator: " ").map(String.init)))
        }
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "voice-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try enrolment.write(to: folder)
        let adapted = try Recogniser(.english(), means: folder + "/means")

        func right(_ recogniser: Recogniser) throws -> Int {
            try Self.recordings.filter { $0.file.hasPrefix("digits/d_") }.count { recording in
                try recogniser.recognise(Self.clip(recording.file), grammar: "check1").text
                    == recording.said
            }
        }
        let (before, after) = (try right(recogniser), try right(adapted))
        #expect(after > before)
        #expect(after >= 8)
    }

    @Test func aPackThatIsNoneIsNamed() {
        #expect(throws: SpeechError.self) { try LanguagePack(reading: "/nonexistent.json") }
        #expect(throws: SpeechError.self) {
            var pack = try LanguagePack.english()
            pack.grammars["bad"] = "<nothing> |"
            _ = try Recogniser(pack)
        }
    }
}
