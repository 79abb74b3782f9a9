import GRDB
public import Replication

/// Why nothing was done about a refused operation. `code` is stable: docs/errors.md.
public enum DeadLetterError: Error, Equatable, Sendable, CustomStringConvertible {
    case unknown(OperationID)
    case settled(OperationID, OutboxAudit.Action)
    /// A newer version of this program made it.
    case notUnderstood(OperationID)

    public var code: String {
        switch self {
        case .unknown: "unknown-dead-letter"
        case .settled: "dead-letter-settled"
        case .notUnderstood: "dead-letter-too-new"
        }
    }

    public var description: String {
        switch self {
        case .unknown(let id): "The hub refused no operation '\(id)' of this station."
        case .notUnderstood(let id):
            "A newer version made \(id): install that one to make it anew."
        case .settled(let id, let action): "\(id) was dealt with already: \(action.rawValue)."
        }
    }
}

extension StationTransaction {
    /// A refused operation that waits for a person.
    public func waitingDeadLetter(_ id: OperationID) throws -> DeadLetter {
        guard let letter = try DeadLetter.one(id, ledger, db) else {
            throw DeadLetterError.unknown(id)
        }
        if let settled = letter.settled { throw DeadLetterError.settled(id, settled.action) }
        return letter
    }

    /// Makes a refused operation anew: as it was, or as `kind` says. The new operation names the
    /// refused one, so that the hub lets it count once.
    public mutating func amend(
        _ id: OperationID, as kind: OperationKind?, life: Life, by reason: OutboxAudit.Reason,
        wallMicroseconds: Int64
    ) throws -> OperationID {
        let letter = try waitingDeadLetter(id)
        let kindNow = kind ?? letter.operation.kind
        // Making anew what isn't understood would lose what it says.
        guard kindNow != .unknown else { throw DeadLetterError.notUnderstood(id) }
        return try settle(
            letter, kind == nil ? .retry : .edit, as: kindNow, life: life, by: reason,
            wallMicroseconds: wallMicroseconds)
    }

    /// Gives a refused operation up. It stays in the ledger, without effect; what takes its place
    /// undoes it, so that the hub hears who gave it up and doesn't wait for it any longer.
    public mutating func discard(
        _ id: OperationID, life: Life, by reason: OutboxAudit.Reason, wallMicroseconds: Int64
    ) throws {
        _ = try settle(
            waitingDeadLetter(id), .discard, as: .undo(id, level: 2), life: life, by: reason,
            wallMicroseconds: wallMicroseconds)
    }

    private mutating func settle(
        _ letter: DeadLetter, _ action: OutboxAudit.Action, as kind: OperationKind, life: Life,
        by reason: OutboxAudit.Reason, wallMicroseconds: Int64
    ) throws -> OperationID {
        let id = letter.operation.id
        let author = Author(device: letter.operation.device, operator: reason.who)
        let made = try append(
            [kind], life: life, by: author, wallMicroseconds: wallMicroseconds, amending: id)
        let audit = OutboxAudit(
            wallMicroseconds: wallMicroseconds, action: action, reason: reason, operation: id,
            newOperation: made[0])
        try DeadLetter.settle(id, audit: try audit.insert(db), db)
        return made[0]
    }
}
