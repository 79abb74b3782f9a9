import GRDB
import LedgerStore
import Replication

/// How much waits for the hub.
public struct OutboxDepth: Sendable, Equatable {
    public var waiting: UInt64
    /// When the oldest waiting operation was made; nil when none waits.
    public var oldestMicroseconds: Int64?
    public var deadLetters: Int
    /// When the hub last took something; nil: never.
    public var lastAcknowledgedMicroseconds: Int64?
}

extension StationReader {
    /// Counted from cursors, so a long queue costs no more than a short one.
    public func outboxDepth() throws -> OutboxDepth {
        let unsent = try OwnIncarnation.unsent(limit: 1000, db)
        let oldest = try unsent.first.flatMap { own in
            try ledger.operations(of: own.incarnation, after: own.acknowledged, limit: 1, in: db)
                .first
        }
        let acknowledged = try StationStateRow.fetch(db).lastAcknowledgedMicroseconds
        return OutboxDepth(
            waiting: unsent.reduce(0) { $0 + $1.lastSequence - $1.acknowledged },
            oldestMicroseconds: oldest?.operation.clock.rawValue,
            deadLetters: try Int.fetchOne(db, sql: "SELECT count(*) FROM dead_letter") ?? 0,
            lastAcknowledgedMicroseconds: acknowledged == 0 ? nil : acknowledged)
    }
}
