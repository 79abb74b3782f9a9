public import GRDB
import Replication
public import SyncProtocol

extension Ledger {
    /// Goes through the log after `position` and brings into force what a program of old kept
    /// without knowing its kind: those whose kind is one of `kinds`. For a hub.
    ///
    /// `refuse` judges each as intake would have. Answers with how many there were.
    public func revive(
        _ kinds: Set<String>, in db: Database, refuse: (LoggedOperation) throws -> Refusal?
    ) throws -> Int {
        var (position, count) = (FeedPosition(0), 0)
        while true {
            let page = try operations(after: position, limit: 1000, in: db)
            for logged in page where kinds.contains(logged.operation.kind.name) {
                try revive(logged, try refuse(logged), db)
                count += 1
            }
            guard let last = page.last?.standing.position else { return count }
            position = last
        }
    }

    private func revive(_ logged: LoggedOperation, _ refusal: Refusal?, _ db: Database) throws {
        let id = logged.operation.id
        guard let row = try OperationRow.one(id, role, db), row.logged.refusal == nil else {
            return
        }
        if let refusal {
            var standing = row.logged.standing
            standing.isRefused = true
            return try row.update(standing, refusal, db)
        }
        let entry = LedgerEntry(row.id, row.logged)
        let amended = try AmendmentRow.sum(of: id, db)
        if amended.isUndone, entry.canBeUndone {
            try touch(entry, db)
        } else {
            try enter(entry, isRemoved: amended.isRemoved, db)
        }
    }
}
