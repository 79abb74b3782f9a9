import ArgumentParser
import CommandKit

@main
struct NFCProgram: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scanstation-driver-nfc",
        abstract: "The nfc driver of scanstationd, in a process of its own.",
        subcommands: [Serve.self], defaultSubcommand: Serve.self)

    /// Talks to the daemon until it ends.
    struct Serve: ParsableCommand {
        static let configuration = CommandConfiguration(commandName: "nfc")
    }

    static func main() async { await runToEnd() }
}
