import Logging
import Scans
import StationStorage

/// Says once that the store refuses, and once that it takes again.
struct FaultLog: Sendable {
    private let log: Logger
    private var standing: String?

    init(_ log: Logger) {
        self.log = log
    }

    mutating func note(_ error: any Error) {
        guard let error = error as? StoreError, error.concernsEveryWrite else {
            return log.error("bug: one scan could not be stored: \(error)")
        }
        guard error.code != standing else { return }
        standing = error.code
        log.error("store: no scan is taken in: \(error)", metadata: ["code": "\(error.code)"])
    }

    mutating func clear() {
        guard standing != nil else { return }
        standing = nil
        log.notice("store: scans are taken in again")
    }
}

extension Feedback {
    /// What the operator hears when nothing of a scan was kept.
    init(notStored error: any Error) {
        let code = (error as? StoreError)?.code ?? "bug"
        let why =
            switch error as? StoreError {
            case .diskFull: "the disk is full"
            case .some: "the store failed"
            case nil: "of an error in this program"
            }
        self.init(
            .error, code: code,
            message: "Not stored because \(why): put it aside and scan it again later.")
    }
}
