import LedgerStore
public import Replication

/// The log for those who make something else of it.
extension TenantStore {
    /// The operations after `position`, and those that they lean on: what `asks` names for them, and
    /// for these in turn, as far as the hub has it.
    public func operations(
        after position: FeedPosition, limit: Int,
        with asks: @escaping @Sendable (Operation) -> [OperationID]
    ) async throws -> (page: [RankedOperation], related: [OperationID: RankedOperation]) {
        try await read { ledger, db in
            let page = try ledger.operations(after: position, limit: limit, in: db).map(\.ranked)
            var related: [OperationID: RankedOperation] = [:]
            var wanted = page.flatMap { asks($0.operation) }
            for _ in 0..<2 {
                var found: [RankedOperation] = []
                for id in Set(wanted) where related[id] == nil {
                    guard let logged = try ledger.operation(id, in: db) else { continue }
                    related[id] = logged.ranked
                    found.append(logged.ranked)
                }
                wanted = found.flatMap { asks($0.operation) }
            }
            return (page, related)
        }
    }
}
