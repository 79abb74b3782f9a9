import GRDB
public import LedgerStore
public import Replication

extension StationTransaction {
    /// Settles a conflict by an operation that saw all of it. Throws `ConflictError`.
    ///
    /// What came since the conflict was listed makes it another one, so nobody decides on what
    /// they have not seen.
    public mutating func resolve(
        _ conflictID: String, _ decision: ConflictDecision, life: Life, by author: Author,
        wallMicroseconds: Int64
    ) throws -> (conflict: Conflict, operation: OperationKind, id: OperationID) {
        let conflict = try ledger.conflict(conflictID, in: db)
        let operation = try conflict.operation(for: decision)
        let ids = try append(
            [operation], life: life, by: author, wallMicroseconds: wallMicroseconds)
        return (conflict, operation, ids[0])
    }
}

extension StationReader {
    /// What a person should decide, at most `limit` of each kind.
    public func conflicts(limit: Int) throws -> [Conflict] {
        try ledger.conflicts(limit: limit, in: db)
    }
}
