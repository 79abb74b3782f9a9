import GRDB
import LedgerStore
import Replication
import ReplicationTesting
import SyncProtocol
import Testing

/// A ledger in memory and the steps that bring a history into it.
struct LedgerScene {
    let ledger: Ledger
    let database: DatabaseQueue
    let history: RandomHistory

    init(_ role: Ledger.Role, _ history: RandomHistory) throws {
        var migrator = DatabaseMigrator()
        Ledger.registerMigrations(in: &migrator)
        self.ledger = Ledger(role: role)
        self.database = try LedgerDatabase.inMemory(migrator: migrator)
        self.history = history
        try database.write { [ledger] db in
            for (line, quantity) in history.ordered {
                try ledger.setOrdered(quantity, of: line, in: db)
            }
        }
    }

    func announce(_ incarnation: Incarnation) throws {
        try database.write { db in
            try ledger.insertIncarnation(
                incarnation, station: history.stations[incarnation] ?? "",
                link: history.lineage.link(of: incarnation), in: db)
        }
    }

    @discardableResult
    func insert(_ ranked: RankedOperation) throws -> Bool {
        try database.write { try ledger.insert(logged(ranked), in: $0) }
    }

    func settle(_ ranked: RankedOperation) throws {
        try database.write {
            try ledger.settle(
                ranked.operation.id, standing: ranked.standing, refusal: refusal(ranked), in: $0)
        }
    }

    func logged(_ ranked: RankedOperation) -> LoggedOperation {
        LoggedOperation(
            operation: ranked.operation, standing: ranked.standing,
            kindBytes: ranked.operation.kind.kindBytes, chain: [], refusal: refusal(ranked))
    }

    private func refusal(_ ranked: RankedOperation) -> Refusal? {
        ranked.standing.isRefused ? Refusal(code: "unknown-kind", message: "no") : nil
    }

    /// What the fold in memory makes of `operations`.
    func folded(_ operations: [RankedOperation]) -> InventoryState {
        var inventory = Inventory(lineage: history.lineage, ordered: history.ordered)
        for ranked in operations { inventory.merge(ranked) }
        return inventory.state
    }

    /// What the tables say, asked for page by page.
    func stored(_ expected: InventoryState) throws -> InventoryState {
        try database.read { db in
            var state = InventoryState()
            for balance in try stock(db) { state.quantities[balance.key] = balance.value }
            for balance in try ledger.recounts(limit: 1000, in: db) {
                state.recounts[balance.key] = balance.recount
            }
            for serial in ["serial-0", "serial-1"].map({ SerialCode($0) }) {
                state.serials[serial] = try ledger.serial(serial, in: db)
            }
            for item in ["item-0", "item-1"].map({ ItemCode($0) }) {
                let key = AttributeKey(item: item, field: "note")
                state.attributes[key] = try ledger.attribute(key, in: db)
            }
            for (id, line) in try ledger.batchLines("batch-0", limit: 1000, in: db) {
                state.batchLines[id] = line
            }
            for (line, excess) in try ledger.overPicks(limit: 1000, in: db) {
                state.overPicks[line] = excess
            }
            return state
        }
    }

    private func stock(_ db: Database) throws -> [StockBalance] {
        var result: [StockBalance] = []
        while true {
            let page = try ledger.stock(
                StockFilter(after: result.last?.key), limit: 3, in: db)
            result += page
            if page.count < 3 { return result }
        }
    }
}
