public import GRDB
public import LedgerStore
public import Replication

extension Ledger {
    /// All that the tables say of what a simulation names.
    public func state(of keys: KeyRange, _ db: Database) throws -> InventoryState {
        var state = InventoryState()
        for balance in try stock(StockFilter(), limit: 1_000_000, in: db) {
            state.quantities[balance.key] = balance.value
        }
        for balance in try recounts(limit: 1_000_000, in: db) {
            state.recounts[balance.key] = balance.recount
        }
        for serial in keys.serials { state.serials[serial] = try self.serial(serial, in: db) }
        for item in keys.items {
            for field in keys.fields {
                let key = AttributeKey(item: item, field: field)
                state.attributes[key] = try attribute(key, in: db)
            }
        }
        for batch in keys.batches {
            for (id, line) in try batchLines(batch, limit: 1_000_000, in: db) {
                state.batchLines[id] = line
            }
        }
        for (line, excess) in try overPicks(limit: 1_000_000, in: db) {
            state.overPicks[line] = excess
        }
        return state
    }
}

extension Lineage {
    /// The links that a ledger's database holds.
    public init(storedIn db: Database) throws {
        let sql = "SELECT id, parent, parent_sequence FROM incarnation WHERE parent IS NOT NULL"
        self.init()
        for row in try Row.fetchAll(db, sql: sql) {
            let link = IncarnationLink(
                parent: Incarnation(rawValue: UInt64(bitPattern: row[1])),
                sequence: UInt64(bitPattern: row[2]))
            insert(link, for: Incarnation(rawValue: UInt64(bitPattern: row[0])))
        }
    }
}
