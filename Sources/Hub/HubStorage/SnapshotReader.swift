import GRDB
import LedgerStore
public import Replication
public import SyncProtocol

/// A page of all that the hub held at one position of its feed.
public struct SnapshotSlice: Sendable {
    public var runs: [FeedRun]
    /// Ask for what comes after it; nil: this was the last page.
    public var next: OperationID?
}

struct SnapshotReader {
    let ledger: Ledger

    /// In the order of the feed: what a life grew from, and what an operation saw, comes before it.
    func page(
        at position: FeedPosition, after id: OperationID?, limit: Int, _ db: Database
    ) throws -> SnapshotSlice {
        let start = try id.map { try self.position(of: $0, upTo: position, db) } ?? 0
        let logged = try ledger.operations(
            after: start, limit: limit, limitBytes: FeedReader.pageLimitBytes, in: db
        ).prefix { $0.standing.position ?? 0 <= position }
        var runs: [FeedRun] = []
        for operation in logged { try runs.append(whole: operation, db) }
        return SnapshotSlice(runs: runs, next: logged.last?.operation.id)
    }

    private func position(
        of id: OperationID, upTo end: FeedPosition, _ db: Database
    ) throws -> FeedPosition {
        guard let position = try ledger.operation(id, in: db)?.standing.position else {
            throw HubError.feedGone(end, head: 0)
        }
        return position
    }
}

extension [FeedRun] {
    fileprivate mutating func append(whole logged: LoggedOperation, _ db: Database) throws {
        let operation = logged.operation
        let entry = FeedRun.Entry(
            id: operation.id, standing: logged.standing, refusal: logged.refusal,
            content: Run.Entry(operation, kindBytes: logged.kindBytes))
        try append(entry, by: operation.station, db)
    }
}
