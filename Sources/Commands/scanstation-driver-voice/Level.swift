import ArgumentParser
import CommandKit
import Voice

/// How loud it is, for programs: whether a microphone hears anything at all.
struct Level: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "level", abstract: "Listen for a second and print the loudest, in decibels.",
        shouldDisplay: false)

    @OptionGroup var microphone: Microphone

    func run() throws {
        var samples: [Int16] = []
        try microphone.listen(seconds: 1) { more in
            samples += more
            return true
        }
        print(MicrophoneCheck(samples).peakDecibels)
    }
}
