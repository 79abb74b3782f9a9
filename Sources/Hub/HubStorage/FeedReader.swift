import GRDB
import LedgerStore
public import Replication
public import SyncProtocol

/// A page of the feed as one station reads it.
public struct FeedSlice: Sendable {
    public var runs: [FeedRun]
    /// The last position of the page.
    public var position: FeedPosition
}

struct FeedReader {
    /// However many operations were asked for, a page is no longer than this.
    static let pageLimitBytes = 2 << 20

    let ledger: Ledger
    let station: StationCode
    let held: HeldOperations?

    /// nil: nothing after `position`.
    func page(after position: FeedPosition, limit: Int, _ db: Database) throws -> FeedSlice? {
        let logged = try ledger.operations(
            after: position, limit: limit, limitBytes: FeedReader.pageLimitBytes, in: db)
        var slice = FeedSlice(runs: [], position: position)
        var bytes = 0
        for operation in logged where bytes < FeedReader.pageLimitBytes {
            guard let entry = entry(operation) else { continue }
            bytes += 16 + (entry.content?.kindBytes.count ?? 0)
            try slice.runs.append(entry, by: operation.operation.station, db)
            slice.position = entry.standing.position ?? slice.position
        }
        return slice.runs.isEmpty ? nil : slice
    }

    private func entry(_ logged: LoggedOperation) -> FeedRun.Entry? {
        let operation = logged.operation
        guard let position = logged.standing.position else { return nil }
        // Of a station that hasn't said what it holds, anything may be missing.
        let isHeld =
            operation.station == station && held?.contains(operation.id, at: position) ?? false
        return FeedRun.Entry(
            id: operation.id, standing: logged.standing, refusal: logged.refusal,
            content: isHeld ? nil : Run.Entry(operation, kindBytes: logged.kindBytes))
    }

}

extension [FeedRun] {
    /// Lets the last run go on, or begins another.
    mutating func append(
        _ entry: FeedRun.Entry, by station: StationCode, _ db: Database
    ) throws {
        if let last = indices.last, self[last].isContinued(by: entry) {
            self[last].entries.append(entry)
        } else {
            let incarnation = entry.id.incarnation
            append(
                FeedRun(
                    station: station, incarnation: incarnation,
                    link: try IncarnationCursor.one(incarnation, db)?.link, entries: [entry]))
        }
    }
}

extension FeedRun {
    /// Whether `entry` is the next of its incarnation and of the feed, in the same form.
    fileprivate func isContinued(by entry: Entry) -> Bool {
        guard let last = entries.last, let position = last.standing.position else { return false }
        return entry.id.incarnation == incarnation && entry.id.sequence == last.id.sequence + 1
            && entry.standing.position == position + 1
            && (entry.content == nil) == (last.content == nil)
    }
}
