import DriverKit
import Foundation
import ScanTesting
import Scans
import SeparateDrivers
import Sound
import SoundFiles
import Testing

@testable import Voice

/// The driver on ALSA's `file` plugin, which reads a recording as if it were a microphone.
@Suite(.serialized) struct VoiceDriverTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    /// One recording after the other with pauses, as raw samples, behind the ALSA name `fed`.
    private func feed(_ files: [String]) throws {
        let pause = [Int16](repeating: 3, count: 24_000)
        var samples = pause
        for file in files {
            let data = try #require(Bundle.module.resourceURL).appending(path: "Data")
            let url = data.appending(path: "\(file).flac")
            samples += try SoundClip(reading: url.path).resampled(to: 16_000).samples + pause
        }
        let raw = samples.flatMap {
            [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)]
        }
        try Data(raw).write(to: URL(filePath: folder.path("said.raw")))
        let configuration = try folder.write(
            """
            pcm.null { type null }
            pcm.fed {
                type file
                slave.pcm null
                file /dev/null
                infile "\(folder.path("said.raw"))"
                format raw
            }
            """, to: "asound.conf")
        setenv("ALSA_CONFIG_PATH", configuration, 1)
    }

    private func driver(_ options: [String: OptionValue]) throws -> any Driver {
        let kind = DriverKind.voice.building { VoiceDriver(options: VoiceOptions($0)) }
        return try kind.make(options)
    }

    @Test func whatIsSaidIsDeliveredInOrderAndOtherWordsAreNot() throws {
        try feed(["00", "bird_2f813234_1", "09", "02"])
        let run = try DriverRun(
            driver(["microphone": .text("fed"), "listen": .text("open")]), node: "fed",
            subsystem: .sound)
        #expect(eventually(within: .seconds(60)) { run.count >= 3 })
        #expect(run.texts.prefix(3) == ["start-batch", "quantity 75", "undo"])
        #expect(run.isListening)
        #expect(run.stop() == .stopped)
    }

    /// The same recordings mean something else where something else is asked.
    @Test func whatIsListenedForChangesWhileTheMicrophoneIsOpen() throws {
        var options: [String: OptionValue] = ["microphone": .text("fed"), "listen": .text("open")]
        options["grammar"] = .text("dialogue-confirm")
        var ear = try VoiceEar(VoiceOptions(OptionTable(options, for: .voice)))
        let spoken = try Self.samples("02")  // "undo"
        #expect(try Self.phrases(&ear, spoken) == ["undo"])
        #expect(Self.isKnown("dialogue-paused", &ear))
        #expect(try Self.phrases(&ear, spoken) == [])
        #expect(Self.isKnown("dialogue-nonsense", &ear) == false)
        #expect(Self.isKnown("dialogue-nonsense", &ear))
        #expect(try Self.phrases(&ear, spoken) == ["undo"])
        #expect(Self.isKnown("dialogue-check2", &ear))
        #expect(try Self.phrases(&ear, spoken) == ["undo"])
        ear.listenAsConfigured()
        #expect(try Self.phrases(&ear, spoken) == ["undo"])
    }

    private static func isKnown(_ grammar: String, _ ear: inout VoiceEar) -> Bool {
        ear.listen(for: grammar)
    }

    private static func samples(_ file: String) throws -> [Int16] {
        let data = try #require(Bundle.module.resourceURL).appending(path: "Data")
        let clip = try SoundClip(reading: data.appending(path: "\(file).flac").path)
        let pause = [Int16](repeating: 3, count: 24_000)
        return pause + (try clip.resampled(to: 16_000).samples) + pause
    }

    private static func phrases(_ ear: inout VoiceEar, _ samples: [Int16]) throws -> [String] {
        try ear.take(samples).compactMap {
            if case .phrase(let phrase, _) = $0 { "\(phrase)" } else { nil }
        }
    }

    @Test func afterTheWakePhraseCommandsAreTakenAndOtherWordsRefused() throws {
        try feed(["02", "wake", "00", "bird_2f813234_1", "09"])
        let run = try DriverRun(
            driver(["microphone": .text("fed")]), node: "fed", subsystem: .sound)
        #expect(eventually(within: .seconds(60)) { run.count >= 2 })
        #expect(run.texts.prefix(2) == ["start-batch", "quantity 75"])
        #expect(run.refusals == ["not-understood"])
        #expect(run.stop() == .stopped)
    }

    @Test func withoutTheWakePhraseNothingIsDelivered() throws {
        try feed(["00", "09", "02"])
        let run = try DriverRun(
            driver(["microphone": .text("fed")]), node: "fed", subsystem: .sound)
        #expect(eventually(within: .seconds(60)) { run.isListening })
        #expect(run.stop() == .stopped)
        #expect(run.count == 0)
    }

    @Test func aMissingMicrophoneAndAnUnknownGrammarAreFaults() throws {
        try feed([])
        let gone = try DriverRun(
            driver(["microphone": .text("nowhere")]), node: "x", subsystem: .sound)
        #expect(eventually(within: .seconds(60)) { gone.ending != nil })
        guard case .failed(let fault) = gone.ending else {
            Issue.record("no failure")
            return
        }
        #expect(fault.code == .missing)
        let odd = try DriverRun(
            driver(["microphone": .text("fed"), "grammar": .text("nope")]), node: "x",
            subsystem: .sound)
        #expect(eventually(within: .seconds(60)) { odd.ending != nil })
        if case .failed(let fault) = odd.ending { #expect(fault.code.rawValue == "speech-grammar") }
    }

    @Test(arguments: [
        ("", "/dev/snd/pcmC1D0c", "plughw:1,0"), ("", "/dev/snd/controlC2", "plughw:2,0"),
        ("", "default", "default"), ("hw:7", "/dev/snd/pcmC1D0c", "hw:7"),
    ])
    func aNodeStandsForAnALSAName(option: String, node: String, name: String) throws {
        let table = try OptionTable(["microphone": .text(option)], for: .voice)
        #expect(VoiceOptions(table).microphoneName(node: node) == name)
    }
}
