import GRDB
public import LedgerStore
public import Replication

extension StationTransaction {
    private static let pageLimit = 200

    /// What lies on our shelves and is not nothing, in order of item and place.
    public func holdings(_ filter: StockFilter, limit: Int) throws -> [StockBalance] {
        var filter = filter
        var found: [StockBalance] = []
        while found.count < limit {
            let page = try ledger.stock(filter, limit: Self.pageLimit, in: db)
            found += page.lazy.filter { balance in
                balance.value != 0 && balance.key.place != .outside
                    && balance.key.place != .shipped
            }
            guard page.count == Self.pageLimit, let last = page.last else { break }
            filter.after = last.key
        }
        return Array(found.prefix(limit))
    }

    /// Where a numbered piece is; nil: nobody saw it.
    public func placement(of serial: SerialCode) throws -> SerialPlacement? {
        try ledger.serial(serial, in: db)
    }
}
