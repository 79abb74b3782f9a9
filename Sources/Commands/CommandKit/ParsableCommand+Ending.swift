public import ArgumentParser
import Glibc

extension ParsableCommand {
    /// Parses the arguments and runs the command that they name. Does not return from a failure.
    ///
    /// `explain` puts an error of the program's own into words; nil leaves it to be shown as it is.
    public static func runToEnd(
        explaining explain: @Sendable (any Error) -> CommandFailure? = { _ in nil }
    ) async {
        do {
            var command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch {
            end(with: error, explain)
        }
    }

    /// The same for a program without commands that wait, and with no thread beside this one: it can
    /// give up rights for all that it will start.
    public static func runToEndAlone(
        explaining explain: (any Error) -> CommandFailure? = { _ in nil }
    ) {
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch {
            end(with: error, explain)
        }
    }

    /// Says what went wrong, or the help that was asked for, and ends the process.
    private static func end(
        with error: any Error, _ explain: (any Error) -> CommandFailure?
    ) -> Never {
        if let failure = error as? CommandFailure ?? explain(error) { end(failure) }
        if let code = error as? ExitCode { exit(code.rawValue) }
        switch exitCode(for: error) {
        case .success:
            print(fullMessage(for: error))
            exit(0)
        case .validationFailure:
            printError(fullMessage(for: error))
            exit(ExitStatus.usage.rawValue)
        default: end(CommandFailure(code: "failed", message: "\(error)"))
        }
    }

    private static func end(_ failure: CommandFailure) -> Never {
        let code = failure.code.map { " [\($0)]" } ?? ""
        printError("\(configuration.commandName ?? "error"): \(failure.message)\(code)")
        exit(failure.status.rawValue)
    }

    private static func exit(_ status: Int32) -> Never {
        fflush(nil)
        Glibc.exit(status)
    }
}

/// One line on standard error.
public func printError(_ line: String) {
    let bytes = Array((line + "\n").utf8)
    // Nobody is left to be told if this fails.
    _ = write(STDERR_FILENO, bytes, bytes.count)
}
