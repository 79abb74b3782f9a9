import Replication
import StationStorage
import SwiftProtobuf
import SyncProtocol

/// Takes in all that the hub holds, for a station that lost its place in the feed or is far behind.
///
/// Each page is stored with how far it goes, so that an interruption costs one page.
struct Snapshot: Sendable {
    /// How long a feed a station reads from its beginning.
    static let feedLimit: FeedPosition = 20_000

    let store: StationStore
    let client: HubClient
    let clock: HubClock
    let generation: String
    let enrolment: Enrolment

    /// `progressed` is called after each page.
    func take(progressed: () -> Void) async throws {
        var progress = try await store.read { try $0.snapshotProgress() }
        // That of another database has nothing to do with this one.
        if progress?.generation != generation { progress = nil }
        var isWhole = false
        while !isWhole {
            try Task.checkCancellation()
            do {
                progress = try await turn(progress)
                isWhole = progress == nil
            } catch SyncError.feedGone where progress != nil {
                // Its position is beyond the feed's end: the hub was put back once more.
                progress = nil
                continue
            }
            progressed()
        }
    }

    /// nil: that was the last page.
    private func turn(_ progress: SnapshotProgress?) async throws -> SnapshotProgress? {
        let page = try await client.snapshot(progress)
        guard page.generation == generation else {
            throw SyncError.outOfStep("its database is another")
        }
        guard progress == nil || page.position == progress?.position else {
            throw SyncError.nonsense("a snapshot at \(page.position) instead of that asked for")
        }
        let next = page.hasNext ? OperationID(page.next) : nil
        guard next != progress?.last || next == nil else {
            throw SyncError.nonsense("its snapshot stands still")
        }
        let runs = try FeedRun.checked(page.runs, upTo: page.position)
        let now = clock.local
        let (generation, enrolment) = (generation, enrolment)
        return try await store.write { transaction in
            guard transaction.isEnrolled(as: enrolment) else {
                throw SyncError.outOfStep("its feed was left meanwhile")
            }
            for run in runs { try transaction.fill(run, wallMicroseconds: now) }
            guard let next else {
                try transaction.endSnapshot(at: page.position)
                return nil
            }
            let progress = SnapshotProgress(
                generation: generation, position: page.position, last: next)
            try transaction.noteSnapshot(progress)
            return progress
        }
    }
}

extension FeedRun {
    /// Microseconds since 1970, a hundred thousand years on.
    private static let rankLimit: Int64 = 1 << 61

    /// What a hub sent, when it makes sense.
    static func checked(_ wires: [WireFeedRun], upTo end: FeedPosition) throws -> [FeedRun] {
        let runs: [FeedRun]
        do {
            runs = try wires.map { run throws in try FeedRun(run) }
        } catch {
            throw SyncError.nonsense("\(error)")
        }
        for entry in runs.lazy.flatMap(\.entries) {
            // Our own ranks begin after the greatest that we saw, and must have room.
            guard entry.standing.rank < rankLimit, entry.standing.position ?? 0 <= end else {
                throw SyncError.nonsense("rank or position of \(entry.id)")
            }
        }
        return runs
    }
}
