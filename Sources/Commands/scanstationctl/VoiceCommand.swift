import ArgumentParser
import CommandKit

/// Microphone and headset are tried by the voice driver's program: the libraries are there.
struct VoiceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "voice", abstract: "Try a headset, and enrol a voice, without a station.",
        discussion: """
            scanstationctl voice check            say five digits: is this microphone any good?
            scanstationctl voice listen           see what is understood
            scanstationctl voice say "pick five"  hear how the station speaks
            scanstationctl voice enrol --help     learn an operator's voice, or forget it
            """)

    @Argument(parsing: .captureForPassthrough, help: "check, listen, say or enrol, and the rest.")
    var arguments: [String] = []

    func run() throws {
        guard let action = arguments.first, ["check", "listen", "say", "enrol"].contains(action)
        else {
            if arguments.isEmpty || arguments == ["--help"] || arguments == ["-h"] {
                throw CleanExit.helpRequest(self)
            }
            throw ValidationError("'\(arguments[0])' is none of check, listen, say and enrol")
        }
        try SiblingProgram("scanstation-driver-voice").replaceThisProcess(arguments)
    }
}
