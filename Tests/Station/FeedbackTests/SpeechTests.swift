import Foundation
import Logging
import ScanTesting
import Scans
import Sound
import Testing

@testable import Feedback

/// What would be heard of prompts, written to a file by ALSA itself.
@Suite(
    .serialized,
    .enabled(
        if: FileManager.default.isExecutableFile(atPath: "/usr/bin/espeak-ng"),
        "espeak-ng is not installed"))
struct SpeechTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        let config = """
            pcm.ear { type file; slave.pcm { type null }; file "\(folder.path("heard.raw"))"; \
            format raw }
            """
        setenv("ALSA_CONFIG_PATH", try folder.write(config, to: "asound.conf"), 1)
    }

    private func board(_ change: (inout FeedbackSettings) -> Void = { _ in }) throws -> SignalBoard
    {
        var settings = FeedbackSettings()
        settings.soundDevice = "ear"
        change(&settings)
        return try SignalBoard(settings, log: Logger(label: "test"))
    }

    private var heardBytes: Int {
        // Not there yet: nothing was heard.
        (try? Data(contentsOf: URL(filePath: folder.path("heard.raw"))))?.count ?? 0
    }

    @Test func aPromptIsHeard() throws {
        let board = try board()
        board.say(Utterance("go to alpha seven two"))
        // A second of 48,000 samples of two bytes.
        #expect(eventually { heardBytes > 96_000 })
        board.say(nil)
    }

    @Test func whereSpeechIsOffOnlySignalsAreHeard() throws {
        let board = try board { $0.speechVolume = 0 }
        board.say(Utterance("go to alpha seven two"))
        board.show(.ok)
        #expect(eventually { heardBytes > 4_000 })
        #expect(heardBytes < 60_000)
    }

    @Test func slowerIsLongerAndQuieterIsLower() throws {
        var maker = SpeechMaker()
        let plain = try maker.samples(of: Utterance("pick five", speed: 165, volume: 100))
        let slow = try maker.samples(of: Utterance("pick five", speed: 90, volume: 100))
        let soft = try maker.samples(of: Utterance("pick five", speed: 165, volume: 25))
        #expect(slow.count > plain.count * 5 / 4)
        #expect(soft.count == plain.count)
        let (loudest, softest) = (plain.map { Int($0) }.max() ?? 0, soft.map { Int($0) }.max() ?? 0)
        #expect(loudest > 4000)
        #expect(abs(softest * 4 - loudest) < 8)
    }

    @Test func whatLooksLikeAnOptionIsSaidAndNothingElse() throws {
        var maker = SpeechMaker()
        let samples = try maker.samples(of: Utterance("-w /tmp/x; $(reboot)"))
        #expect(samples.count > 1000)
    }

    @Test func theNewestPromptCutsOffTheOneBefore() throws {
        let queue = try SignalQueue()
        queue.say(Utterance("one"))
        queue.say(Utterance("two"))
        let first = try #require(queue.takeUtterance())
        #expect(first.utterance.text == "two")
        #expect(!queue.cutsOff(turn: first.turn))
        queue.say(Utterance("three"))
        #expect(queue.cutsOff(turn: first.turn))
        queue.sayAgain(first.utterance, turn: first.turn)
        #expect(queue.takeUtterance()?.utterance.text == "three")
        queue.say(nil)
        #expect(queue.takeUtterance() == nil)
    }

    @Test func aSignalIsHeardFirstAndThenThePromptAgain() throws {
        let queue = try SignalQueue()
        queue.say(Utterance("one"))
        let first = try #require(queue.takeUtterance())
        queue.put(.error)
        #expect(queue.cutsOff(turn: first.turn))
        queue.sayAgain(first.utterance, turn: first.turn)
        #expect(queue.take() == .error)
        #expect(queue.takeUtterance()?.utterance.text == "one")
    }

    /// Whatever a synthesiser writes, half or damaged, is a sound or a reason.
    @Test(arguments: UInt64(0)..<200)
    func damagedSoundsDoNoHarm(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        var bytes: [UInt8] = Array("RIFF".utf8) + [0, 0, 0, 0] + Array("WAVEfmt ".utf8)
        bytes += [16, 0, 0, 0, 1, 0, 1, 0, 0x22, 0x56, 0, 0, 0x44, 0xAC, 0, 0, 2, 0, 16, 0]
        bytes += Array("data".utf8) + [0, 0xF0, 0xFF, 0x7F] + (0..<100).map { UInt8($0) }
        #expect(throws: Never.self) { try WaveSound(bytes) }
        for _ in 0..<random.below(4) {
            bytes[random.below(bytes.count)] = UInt8(random.below(256))
        }
        bytes = Array(bytes.prefix(random.below(bytes.count + 1)))
        guard let sound = try? WaveSound(bytes) else { return }  // A reason.
        _ = sound.samples(rate: 48_000, volume: 100)
    }
}
