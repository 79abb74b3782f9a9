import GRDB
import LedgerStore
import Replication
import SyncProtocol

/// The kinds of operation that this database was last served by a program to understand.
///
/// A newer program understands more, and what stations sent meanwhile comes into force then.
enum KnownKinds {
    static let schema = "CREATE TABLE hub_kind (name TEXT PRIMARY KEY) WITHOUT ROWID"

    /// What was known when there was no such list.
    private static let first = [
        "adjust", "move", "count", "pick", "serial", "attribute", "batch-add", "batch-remove",
        "undo",
    ]

    static func begin(_ db: Database) throws {
        try db.execute(sql: schema)
        try insert(first, db)
    }

    /// Answers with how many operations came into force.
    @discardableResult
    static func catchUp(
        with kinds: [String] = OperationKind.names, _ ledger: Ledger, _ db: Database
    ) throws -> Int {
        let known = Set(try String.fetchAll(db, sql: "SELECT name FROM hub_kind"))
        let new = Set(kinds).subtracting(known)
        guard !new.isEmpty else { return 0 }
        let count = try ledger.revive(new, in: db) { logged in
            let refusal = OperationRules.refusal(of: logged.operation)
            if let refusal {
                try RefusedOperation(id: logged.operation.id, refusal: refusal).insert(db)
            }
            return refusal
        }
        try insert(Array(new), db)
        return count
    }

    private static func insert(_ names: [String], _ db: Database) throws {
        for name in names {
            try db.execute(sql: "INSERT OR IGNORE INTO hub_kind VALUES (?)", arguments: [name])
        }
    }
}
