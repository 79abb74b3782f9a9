import ArgumentParser
import CommandKit
import Glibc
import SoundFiles
import Speech
import Voice

/// Shows what the recogniser understands.
struct Listen: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "listen", abstract: "Show what is understood, without a station.",
        discussion: """
            scanstationctl voice listen --grammar command
            scanstationctl voice listen --device plughw:CARD=Headset --seconds 60
            """)

    @Option(help: "What can be said.") var grammar = "command"
    @Option(help: "How many seconds to listen.") var seconds = 30
    @OptionGroup var speech: SpeechOptions
    @OptionGroup var microphone: Microphone

    func run() throws {
        let recogniser = try speech.recogniser()
        let meaning = SpokenMeaning(try speech.pack())
        var endpointer = Endpointer()
        var count = 0
        func hear(_ utterance: [Int16]) throws {
            let clip = SoundClip(samples: utterance, rate: Recogniser.rate)
            let heard = try recogniser.recognise(clip, grammar: grammar)
            let phrase = meaning.phrase(heard.text, grammar: grammar)
            let verdict = heard.isAccepted ? "accepted" : "rejected"
            let percent = Int((heard.confidence * 100).rounded())
            print("\(verdict)\t\(percent) %\t\(heard.text)\t\(phrase.map { "\($0)" } ?? "-")")
            fflush(nil)
            count += 1
        }
        try microphone.listen(seconds: seconds) { samples in
            for utterance in endpointer.push(samples) { try hear(utterance) }
            return true
        }
        // A recording may end before its last silence does.
        for utterance in endpointer.push([Int16](repeating: 0, count: Recogniser.rate)) {
            try hear(utterance)
        }
        if count == 0 {
            throw CommandFailure(
                code: "nothing-heard", message: "nobody spoke, or the microphone is off")
        }
    }
}

/// Judges a microphone.
struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Say five digits and learn what the microphone is worth.",
        discussion: """
            scanstationctl voice check
            scanstationctl voice check --device plughw:CARD=Headset
            """)

    @Option(help: "How many seconds to listen.") var seconds = 8
    @OptionGroup var speech: SpeechOptions
    @OptionGroup var microphone: Microphone

    func run() throws {
        let pack = try speech.pack()
        print("Say five digits, one after the other, then wait.")
        fflush(nil)
        var samples: [Int16] = []
        try microphone.listen(seconds: seconds) { more in
            samples += more
            return true
        }
        let check = MicrophoneCheck(samples)
        func rounded(_ value: Double) -> String { "\(Int(value.rounded())) dB" }
        print(
            "speech \(rounded(check.speechDecibels)), noise \(rounded(check.noiseDecibels)), ",
            "ratio \(rounded(check.ratio)), peak \(rounded(check.peakDecibels))", separator: "")
        let heard = try speech.recogniser().recognise(
            SoundClip(samples: samples, rate: Recogniser.rate), grammar: "digits")
        print("heard: \(heard.text.isEmpty ? "nothing" : heard.text)")
        print(pack.prompts[check.advice.rawValue] ?? check.advice.rawValue)
        if check.advice != .good { throw ExitCode(ExitStatus.failed.rawValue) }
    }
}
