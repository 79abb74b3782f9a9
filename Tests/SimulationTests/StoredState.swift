import GRDB
import LedgerStore
import Replication

extension Ledger {
    /// All that the tables say of what a simulation names.
    func state(_ db: Database) throws -> InventoryState {
        var state = InventoryState()
        for balance in try stock(StockFilter(), limit: 1000, in: db) {
            state.quantities[balance.key] = balance.value
        }
        for balance in try recounts(limit: 1000, in: db) {
            state.recounts[balance.key] = balance.recount
        }
        for serial in KindChoice.serials { state.serials[serial] = try self.serial(serial, in: db) }
        for item in KindChoice.items {
            for field in KindChoice.fields {
                let key = AttributeKey(item: item, field: field)
                state.attributes[key] = try attribute(key, in: db)
            }
        }
        for batch in KindChoice.batches {
            for (id, line) in try batchLines(batch, limit: 10_000, in: db) {
                state.batchLines[id] = line
            }
        }
        for (line, excess) in try overPicks(limit: 1000, in: db) { state.overPicks[line] = excess }
        return state
    }
}
