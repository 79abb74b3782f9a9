import ArgumentParser
import CommandKit
import Glibc
import Sound
import SoundFiles
import Speech
import Voice

/// Speaks a text.
struct Say: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "say", abstract: "Speak a text through the headset.",
        discussion: """
            scanstationctl voice say "pick five"
            scanstationctl voice say --spell A72          alpha seven two
            scanstationctl voice say --file prompt.wav "say again"
            """)

    @OptionGroup var speech: SpeechOptions
    @Option(help: "The ALSA name of the headset.") var device = "default"
    @Option(help: "Words a minute, 80 to 400.") var speed = 165
    @Option(help: "Write a WAV file instead.", completion: .file()) var file: String?
    @Flag(help: "Say digits and letters one by one.") var spell = false
    @Argument(help: "The text.") var text: [String]

    func run() throws {
        let pack = try speech.pack()
        let words = text.joined(separator: " ")
        let synthesiser = Synthesiser(
            voice: pack.synthesiserVoice, speed: speed, cache: Self.cacheFolder)
        do {
            let clip = try synthesiser.clip(spell ? SpokenText(pack).spelled(words) : words)
            if let file { return try clip.write(to: file) }
            let playback = try SoundPlayback(device: device, rate: clip.rate)
            try playback.play(try clip.resampled(to: playback.rate).samples)
        } catch let error as SoundError {
            throw CommandFailure(status: .noDevice, code: "sound-device", message: "\(error)")
        } catch {
            throw CommandFailure(code: "speech-output", message: "\(error)")
        }
    }

    private static var cacheFolder: String { "/tmp/scanstation-prompts-\(getuid())" }
}
