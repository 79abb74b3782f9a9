import AllDrivers
import ArgumentParser
import CommandKit
import DriverKit
import Glibc

/// Runs one driver in a process of its own. People start it only to see which drivers there are.
@main
struct ScanstationDriver: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scanstation-driver",
        abstract: "Runs one device driver for scanstationd.",
        discussion: """
            It talks to the daemon over standard input and output, one JSON object a line, and ends
            when the daemon does. Exit codes: 0 stopped, 1 failed, 2 usage.
            """,
        version: ProgramVersion.text)

    @Argument(help: "The driver's name.")
    var name: String?

    @Flag(help: "List the drivers and end.")
    var list = false

    func validate() throws {
        if !list && name == nil { throw ValidationError("Name a driver, or ask for --list.") }
        if let name, DriverCatalogue.kind(DriverName(rawValue: name)) == nil {
            throw ValidationError("There is no driver '\(name)'; see --list.")
        }
    }

    func run() throws {
        if list {
            for kind in DriverCatalogue.kinds { print("\(kind.name)\t\(kind.summary)") }
            return
        }
        guard let kind = DriverCatalogue.kind(DriverName(rawValue: name ?? "")) else { return }
        if kind.isSeparate {
            try SiblingProgram("scanstation-driver-\(kind.name)")
                .replaceThisProcess(["\(kind.name)"])
        }
        if case .failed = try DriverHost.run(kind) { throw ExitCode.failure }
    }

    static func main() {
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch {
            end(with: error)
        }
    }

    private static func end(with error: any Error) -> Never {
        if let failure = error as? CommandFailure {
            printError("scanstation-driver: \(failure.message)")
            Glibc.exit(failure.status.rawValue)
        }
        let text = Array((fullMessage(for: error) + "\n").utf8)
        let code = exitCode(for: error)
        if text.count > 1 {
            // Nobody is left to be told if this fails.
            _ = write(code == .success ? STDOUT_FILENO : STDERR_FILENO, text, text.count)
        }
        Glibc.exit(code == .validationFailure ? 2 : code.rawValue)
    }
}
