public import Replication

/// Why the ledger could not do what it was asked. `code` is stable: docs/errors.md.
public enum LedgerError: Error, Equatable, CustomStringConvertible {
    /// The incarnation is known with another station or another parent.
    case incarnationTaken(Incarnation, by: StationCode)
    case unknownIncarnation(Incarnation)
    case unknownOperation(OperationID)
    /// A hub logs an operation at its position in the feed, so it needs one.
    case positionMissing(OperationID)
    /// The database commits without waiting for the disk.
    case notDurable(synchronous: Int)
    /// No space left where the database lives, or a quota is used up.
    case diskFull(String)
    /// What a row holds makes no sense.
    case damaged(String)

    public var code: String {
        switch self {
        case .incarnationTaken: "incarnation-taken"
        case .unknownIncarnation: "unknown-incarnation"
        case .unknownOperation: "unknown-operation"
        case .positionMissing: "position-missing"
        case .notDurable: "store-not-durable"
        case .diskFull: "disk-full"
        case .damaged: "store-damaged"
        }
    }

    public var description: String {
        switch self {
        case .incarnationTaken(let incarnation, let station):
            "incarnation \(incarnation) already belongs to station \(station), "
                + "or grew from elsewhere"
        case .unknownIncarnation(let incarnation):
            "incarnation \(incarnation) was not announced before its operations"
        case .unknownOperation(let id): "operation \(id) is not in the ledger"
        case .positionMissing(let id): "operation \(id) came to the hub's ledger unpositioned"
        case .notDurable(let synchronous):
            "the database runs with synchronous=\(synchronous), not FULL"
        case .diskFull(let what): "the disk is full: \(what)"
        case .damaged(let what): "the ledger is damaged: \(what)"
        }
    }
}
