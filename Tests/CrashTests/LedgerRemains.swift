import GRDB
import LedgerStore
import Replication
import Simulating
import Synchronization

/// What must hold of any ledger. A log that was looked at before isn't folded again: most disks
/// differ only in what isn't in force.
final class LedgerRemains: Sendable {
    struct Log: Sendable {
        var kinds: [OperationID: OperationKind] = [:]
        var state = InventoryState()
    }

    private let known = Mutex<[String: Log]>([:])

    func faults(of log: Log, _ ledger: Ledger, _ db: Database) throws -> [String] {
        var faults = try String.fetchAll(db, sql: "PRAGMA integrity_check").filter { $0 != "ok" }
        let stored = try ledger.state(of: .few, db)
        if log.state.quantities.filter({ $0.value != 0 })
            != stored.quantities.filter({ $0.value != 0 }) || log.state.serials != stored.serials
            || log.state.attributes != stored.attributes
            || log.state.batchLines != stored.batchLines
            || log.state.overPicks != stored.overPicks || log.state.recounts != stored.recounts
        {
            faults.append("what follows from the log isn't what is stored")
        }
        return faults
    }

    func log(_ ledger: Ledger, _ db: Database) throws -> Log {
        let content = try String.fetchOne(
            db,
            sql: """
                SELECT group_concat(concat) FROM (SELECT incarnation || ' ' || sequence || ' '
                    || coalesce(position, id) || ' ' || rank || ' ' || coalesce(refusal_code, '')
                    || hex(kind) AS concat
                FROM operation ORDER BY incarnation, sequence)
                """)
        if let log = known.withLock({ $0[content ?? ""] }) { return log }
        let log = try fold(ledger, db)
        known.withLock { $0[content ?? ""] = log }
        return log
    }

    private func fold(_ ledger: Ledger, _ db: Database) throws -> Log {
        var log = Log()
        var inventory = Inventory(lineage: try Lineage(storedIn: db))
        for row in try Row.fetchAll(db, sql: "SELECT incarnation, sequence FROM operation") {
            let id = OperationID(
                incarnation: Incarnation(rawValue: UInt64(bitPattern: row[0])),
                sequence: UInt64(bitPattern: row[1]))
            guard let logged = try ledger.operation(id, in: db) else { continue }
            log.kinds[id] = logged.operation.kind
            inventory.merge(logged.ranked)
        }
        log.state = inventory.state
        return log
    }
}
