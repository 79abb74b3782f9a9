import ArgumentParser
import Glibc
import Settings
import Station
import StationStorage

/// What the shell, or the service manager, is told.
enum ExitStatus: Int32 {
    case failed = 1
    case usage = 2
    case noPermission = 4
    /// To be started again.
    case newLife = 75
}

extension ScanStationD {
    /// Says what went wrong, or the help that was asked for, and ends the process.
    static func end(with error: any Error) -> Never {
        switch error {
        case let error as ConfigError: end(.usage, error.code.rawValue, "\(error)")
        case let error as StoreError: end(Self.status(error), error.code, "\(error)")
        case let error as StationFailure: end(Self.status(error), error.code, "\(error)")
        default: endAsParser(error)
        }
    }

    private static func status(_ error: StoreError) -> ExitStatus {
        if case .noAccess = error { .noPermission } else { .failed }
    }

    private static func status(_ error: StationFailure) -> ExitStatus {
        if error == .forked { return .newLife }
        return error.isLackOfPermission ? .noPermission : .failed
    }

    private static func endAsParser(_ error: any Error) -> Never {
        let text = fullMessage(for: error)
        switch exitCode(for: error) {
        case .success:
            print(text)
            fflush(nil)
            Glibc.exit(0)
        case .validationFailure: end(.usage, nil, text)
        default: end(.failed, "failed", "\(error)")
        }
    }

    private static func end(_ status: ExitStatus, _ code: String?, _ message: String) -> Never {
        let line = code.map { "scanstationd: \(message) [\($0)]\n" } ?? "\(message)\n"
        let bytes = Array(line.utf8)
        fflush(nil)
        // Nobody is left to be told if this fails.
        _ = write(STDERR_FILENO, bytes, bytes.count)
        Glibc.exit(status.rawValue)
    }
}
