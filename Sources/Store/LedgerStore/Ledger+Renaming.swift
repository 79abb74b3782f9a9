public import GRDB
public import Replication

extension Ledger {
    /// Gives an operation that no hub has another name, and the bytes and the hash chain that go
    /// with it. What follows from it stays as it is.
    ///
    /// What amends it must be told afterwards: `renameAmended`.
    public func rename(
        _ old: OperationID, to new: OperationID, kindBytes: [UInt8], chain: [UInt8],
        in db: Database
    ) throws {
        guard let row = try OperationRow.one(old, role, db) else {
            throw LedgerError.unknownOperation(old)
        }
        var standing = row.logged.standing
        if standing.position != nil {
            // Of a hub that was put back since.
            standing.position = nil
            try settle(old, standing: standing, refusal: nil, in: db)
        }
        try row.rename(to: new, kindBytes: kindBytes, chain: chain, db)
    }

    /// Has the operations of `incarnation` amend the renamed one under its new name.
    public func renameAmended(
        _ old: OperationID, to new: OperationID, by incarnation: Incarnation, in db: Database
    ) throws {
        try AmendmentRow.rename(old, to: new, by: incarnation, db)
    }
}
