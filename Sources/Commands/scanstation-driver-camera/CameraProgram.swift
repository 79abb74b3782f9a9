import ArgumentParser
import CommandKit

@main
struct CameraProgram: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scanstation-driver-camera",
        abstract: "The camera driver of scanstationd, in a process of its own.",
        subcommands: [Serve.self], defaultSubcommand: Serve.self)

    /// Talks to the daemon until it ends.
    struct Serve: ParsableCommand {
        static let configuration = CommandConfiguration(commandName: "camera")
    }

    static func main() async { await runToEnd() }
}
