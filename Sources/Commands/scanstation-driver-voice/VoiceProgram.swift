import ArgumentParser
import CommandKit
import DriverKit
import SeparateDrivers
import Voice

@main
struct VoiceProgram: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scanstation-driver-voice",
        abstract: "The voice driver of scanstationd, in a process of its own.",
        version: ProgramVersion.text,
        subcommands: [
            Serve.self, Decode.self, Evaluate.self, Check.self, Say.self, Listen.self, Enrol.self,
            Level.self,
        ],
        defaultSubcommand: Serve.self)

    /// Talks to the daemon until it ends.
    struct Serve: ParsableCommand {
        static let configuration = CommandConfiguration(commandName: "voice")

        func run() throws {
            let kind = DriverKind.voice.building { VoiceDriver(options: VoiceOptions($0)) }
            if case .failed = try DriverHost.run(kind) { throw ExitCode.failure }
        }
    }

    static func main() { runToEndAlone() }
}
