public import LedgerStore
public import Replication

/// What follows from the tenant's operations.
extension TenantStore {
    public func stock(_ filter: StockFilter, limit: Int) async throws -> [StockBalance] {
        try await read { try $0.stock(filter, limit: limit, in: $1) }
    }

    /// The balances of all keys that the operations post to, as they are now.
    public func balances(
        after operations: [LoggedOperation]
    ) async throws -> [StockKey: Int64] {
        let keys = Set(operations.flatMap { $0.operation.kind.stockKeys })
        return try await read { ledger, db in
            var result: [StockKey: Int64] = [:]
            for key in keys { result[key] = try ledger.balance(of: key, in: db)?.value }
            return result
        }
    }

    /// How a balance came about, its newest postings first.
    public func explain(_ key: StockKey, limit: Int) async throws -> BalanceExplanation {
        try await read { try $0.explain(key, limit: limit, in: $1) }
    }

    public func serial(_ serial: SerialCode) async throws -> SerialPlacement? {
        try await read { try $0.serial(serial, in: $1) }
    }

    public func batchLines(
        _ batch: BatchCode, limit: Int
    ) async throws -> [(id: OperationID, line: BatchLine)] {
        try await read { try $0.batchLines(batch, limit: limit, in: $1) }
    }

    /// What a person should decide, at most `limit` of each kind.
    public func conflicts(limit: Int) async throws -> Conflicts {
        try await read { ledger, db in
            Conflicts(
                recounts: try ledger.recounts(limit: limit, in: db),
                serials: try ledger.contestedSerials(limit: limit, in: db),
                attributes: try ledger.attributeConflicts(limit: limit, in: db),
                overPicks: try ledger.overPicks(limit: limit, in: db))
        }
    }
}

/// Where stations said different things without knowing of each other.
public struct Conflicts: Sendable {
    public var recounts: [StockBalance]
    public var serials: [(serial: SerialCode, placement: SerialPlacement)]
    public var attributes: [(key: AttributeKey, value: AttributeValue)]
    public var overPicks: [(line: OrderLineCode, excess: Int64)]
}
