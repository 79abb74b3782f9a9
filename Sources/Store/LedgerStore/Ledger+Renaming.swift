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

    /// Has the operations that follow on the renamed one in its incarnation amend it under its new
    /// name. Others that amended it mean the one that has its old name elsewhere.
    public func renameAmended(
        _ old: OperationID, to new: OperationID, in db: Database
    ) throws {
        let before = try AmendmentRow.sum(of: old, db)
        try AmendmentRow.rename(old, to: new, db)
        let after = try AmendmentRow.sum(of: new, db)
        guard before != after, let row = try OperationRow.one(new, role, db),
            !row.logged.isRefused
        else { return }
        let entry = LedgerEntry(row.id, row.logged)
        if !before.isUndone || !entry.canBeUndone {
            try leave(entry, isRemoved: before.isRemoved, db)
        }
        try project(entry, after, db)
    }
}
