public import GRDB
public import Replication
import SyncProtocol

extension Ledger {
    /// All that the feed holds up to `position`, in order of incarnation and sequence, from behind
    /// `id` on. For a hub.
    public func snapshot(
        at position: FeedPosition, after id: OperationID?, limit: Int, limitBytes: Int,
        in db: Database
    ) throws -> [LoggedOperation] {
        try OperationRow.snapshot(
            at: position, after: id, limit: limit, limitBytes: limitBytes, role, db)
    }

    /// `FeedDigest` of each range of so many positions after `start`, up to `end`.
    public func digests(
        after start: FeedPosition, upTo end: FeedPosition, range: Int, in db: Database
    ) throws -> [[UInt8]] {
        var digests: [[UInt8]] = []
        var first = start
        while first < end {
            let last = min(first + FeedPosition(range), end)
            digests.append(try digest(after: first, upTo: last, db))
            first = last
        }
        return digests
    }

    private func digest(
        after start: FeedPosition, upTo end: FeedPosition, _ db: Database
    ) throws -> [UInt8] {
        var digest = FeedDigest()
        try OperationRow.forEach(after: start, upTo: end, role, db) { logged in
            digest.add(logged.operation, logged.standing, kindBytes: logged.kindBytes)
        }
        return digest.value
    }
}
