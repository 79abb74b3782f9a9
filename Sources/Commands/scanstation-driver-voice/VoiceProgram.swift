import ArgumentParser
import CommandKit

@main
struct VoiceProgram: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scanstation-driver-voice",
        abstract: "The voice driver of scanstationd, in a process of its own.",
        subcommands: [Serve.self], defaultSubcommand: Serve.self)

    /// Talks to the daemon until it ends.
    struct Serve: ParsableCommand {
        static let configuration = CommandConfiguration(commandName: "voice")
    }

    static func main() async { await runToEnd() }
}
