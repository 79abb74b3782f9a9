import ArgumentParser
import Glibc

/// What the shell is told.
enum ExitStatus: Int32 {
    case failed = 1
    case usage = 2
    case notRunning = 3
    case noPermission = 4
    case noDevice = 5
    /// Offline, or something is not sent yet.
    case unsent = 6

    /// For a problem that the daemon reported.
    init(problem code: String) {
        switch code {
        case "no-device", "unknown-device": self = .noDevice
        case "not-enrolled", "hub-unreachable", "answer-lost", "hub-busy": self = .unsent
        default: self = .failed
        }
    }
}

/// Something a command could not do, in words for a person and a code for programs.
struct CommandFailure: Error {
    var status = ExitStatus.failed
    /// From docs/errors.md.
    var code: String
    var message: String
}

extension ScanStationCtl {
    /// Says what went wrong, or the help that was asked for, and ends the process.
    static func end(with error: any Error) -> Never {
        switch error {
        case let failure as CommandFailure:
            end(failure.status.rawValue, "\(failure.message) [\(failure.code)]")
        case let code as ExitCode: end(code.rawValue, nil)
        default: endAsParser(error)
        }
    }

    private static func endAsParser(_ error: any Error) -> Never {
        let text = fullMessage(for: error)
        switch exitCode(for: error) {
        case .success:
            print(text)
            end(0, nil)
        case .validationFailure:
            printError(text)
            end(ExitStatus.usage.rawValue, nil)
        default: end(ExitStatus.failed.rawValue, text)
        }
    }

    private static func end(_ status: Int32, _ message: String?) -> Never {
        if let message { printError("scanstationctl: \(message)") }
        fflush(nil)
        Glibc.exit(status)
    }
}

/// One line on standard error.
func printError(_ line: String) {
    let bytes = Array((line + "\n").utf8)
    // Nobody is left to be told if this fails.
    _ = write(STDERR_FILENO, bytes, bytes.count)
}
