import CommandKit

extension ExitStatus {
    /// For a problem that the daemon reported.
    init(problem code: String) {
        switch code {
        case "no-device", "unknown-device": self = .noDevice
        case "not-enrolled", "hub-unreachable", "answer-lost", "hub-busy": self = .unsent
        default: self = .failed
        }
    }
}
