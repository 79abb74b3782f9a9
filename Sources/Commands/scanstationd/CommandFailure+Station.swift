import CommandKit
import Settings
import Station
import StationStorage

extension CommandFailure {
    /// nil: no error of the station's own.
    init?(_ error: any Error) {
        switch error {
        case let error as ConfigError:
            self.init(status: .usage, code: error.code.rawValue, message: "\(error)")
        case let error as StoreError:
            self.init(status: Self.status(error), code: error.code, message: "\(error)")
        case let error as StationFailure:
            self.init(status: Self.status(error), code: error.code, message: "\(error)")
        default: return nil
        }
    }

    private static func status(_ error: StoreError) -> ExitStatus {
        if case .noAccess = error { .noPermission } else { .failed }
    }

    private static func status(_ error: StationFailure) -> ExitStatus {
        if error == .forked { return .newLife }
        return error.isLackOfPermission ? .noPermission : .failed
    }
}
