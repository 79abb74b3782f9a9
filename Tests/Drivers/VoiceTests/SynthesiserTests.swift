import Foundation
import ScanTesting
import SoundFiles
import Speech
import Testing

@testable import Voice

@Suite(
    .enabled(
        if: FileManager.default.isExecutableFile(atPath: "/usr/bin/espeak-ng"),
        "espeak-ng is not installed"))
struct SynthesiserTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    /// The station understands itself.
    @Test(arguments: [
        "pick five", "close batch", "how many left", "check digit four nine", "repeat",
    ])
    func whatIsSpokenIsRecognised(text: String) throws {
        let pack = try LanguagePack.english()
        let clip = try Synthesiser(voice: pack.synthesiserVoice, cache: folder.path).clip(text)
        #expect(try Recogniser(pack).recognise(clip, grammar: "command").text == text)
    }

    @Test func whatWasSpokenOnceIsKept() throws {
        let synthesiser = Synthesiser(voice: "en-us", cache: folder.path("prompts"))
        let first = try synthesiser.clip("ready")
        let kept = try FileManager.default.contentsOfDirectory(atPath: folder.path("prompts"))
        #expect(kept.count == 1)
        #expect(try synthesiser.clip("ready") == first)
        #expect(try synthesiser.clip("-v is no option here").duration > .zero)
    }

    @Test func aTextOfTheLimitIsSpokenAndALongerOneIsNot() throws {
        let synthesiser = Synthesiser(voice: "en-us", speed: 400, cache: folder.path)
        let limit = Synthesiser.textLimitBytes
        _ = try synthesiser.clip(String(repeating: "a ", count: limit / 2))
        #expect(throws: Synthesiser.Failure.tooLong(limitBytes: limit)) {
            try synthesiser.clip(String(repeating: "a", count: limit + 1))
        }
    }
}
