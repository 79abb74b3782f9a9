import GRDB
public import LedgerStore
public import Replication

/// A refused operation, and what took its place.
public struct QuarantinedOperation: Sendable {
    public var logged: LoggedOperation
    /// nil: it waits for its station.
    public var repair: Operation?

    /// Nobody made it anew: people at its station said that it need not count.
    public var isGivenUp: Bool {
        guard case .undo(logged.operation.id, _) = repair?.kind else { return false }
        return true
    }
}

extension TenantStore {
    /// The operations that were refused, the newest first; `before`: only those that stand before
    /// that position in the feed.
    public func quarantine(
        before position: FeedPosition = .max, repairedToo: Bool, limit: Int
    ) async throws -> [QuarantinedOperation] {
        let sql = """
            SELECT hub_refused.incarnation, hub_refused.sequence, repair_incarnation,
                repair_sequence
            FROM hub_refused JOIN operation USING (incarnation, sequence)
            WHERE operation.id < ? AND \(repairedToo ? "TRUE" : "repair_incarnation IS NULL")
            ORDER BY operation.id DESC LIMIT ?
            """
        return try await read { ledger, db in
            try Row.fetchAll(db, sql: sql, arguments: [Int64(clamping: position), limit])
                .compactMap { row in
                    guard let id = OperationID(row, 0),
                        let logged = try ledger.operation(id, in: db)
                    else { return nil }
                    let repair = try OperationID(row, 2).flatMap {
                        try ledger.operation($0, in: db)?.operation
                    }
                    return QuarantinedOperation(logged: logged, repair: repair)
                }
        }
    }
}

extension OperationID {
    fileprivate init?(_ row: Row, _ index: Int) {
        guard let bits = row[index] as Int64?, let sequence = row[index + 1] as Int64? else {
            return nil
        }
        self.init(
            incarnation: Incarnation(rawValue: UInt64(bitPattern: bits)),
            sequence: UInt64(bitPattern: sequence))
    }
}
