public import GRDB
public import Replication
import SyncProtocol

extension Ledger {
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
