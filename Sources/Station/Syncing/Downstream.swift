import Replication
import StationStorage
import SwiftProtobuf
import SyncProtocol

/// Takes in the hub's feed, page by page, each in one transaction with its position.
struct Downstream: Sendable {
    /// A hub that waits answers no sooner when it has nothing.
    private static let emptyAnswerPause = Duration.seconds(1)
    /// Microseconds since 1970, a hundred thousand years on.
    private static let rankLimit: Int64 = 1 << 61

    let store: StationStore
    let client: HubClient
    let clock: HubClock
    /// Of the hub that was greeted.
    let generation: String
    /// For which the hub was greeted.
    let enrolment: Enrolment

    /// `progressed` is called after each answer that was dealt with.
    func run(progressed: () -> Void) async throws {
        while true {
            try Task.checkCancellation()
            let started = ContinuousClock.now
            let isNews = try await turn()
            progressed()
            if !isNews, ContinuousClock.now - started < Self.emptyAnswerPause {
                // A proxy that doesn't let it wait must not make us ask without end.
                try await Task.sleep(for: Self.emptyAnswerPause)
            }
        }
    }

    /// false: the hub had nothing.
    func turn() async throws -> Bool {
        let position = try await store.read { try $0.feedPosition() }
        do {
            guard let page = try await client.feed(after: position) else { return false }
            try await take(page, after: position)
        } catch SyncError.feedGone where position > 0 {
            // Reading it all again is harmless.
            try await store.write { $0.rewindFeed(to: 0) }
        }
        return true
    }

    func take(_ page: WireFeedPage, after position: FeedPosition) async throws {
        guard page.generation == generation else {
            throw SyncError.outOfStep("its database is another")
        }
        guard page.position > position, page.position <= FeedPosition(Int64.max) else {
            throw SyncError.nonsense("after \(position) its feed goes to \(page.position)")
        }
        let runs = try runs(page)
        do {
            try await store(runs, upTo: page.position, after: position)
        } catch let error as StoreError where error.isOfUnknownOperation {
            // Of a copy of this station, which spoke after us. Who says hello gets it whole.
            throw SyncError.outOfStep("it takes for known here what is not: \(error)")
        }
    }

    /// A page that was asked for before the station went elsewhere, or the feed was begun anew,
    /// must not move the new feed's position.
    private func store(
        _ runs: [FeedRun], upTo end: FeedPosition, after position: FeedPosition
    ) async throws {
        let now = clock.local
        let isStored = try await store.write { transaction in
            guard transaction.isEnrolled(as: enrolment), transaction.feedPosition == position
            else { return false }
            for run in runs { try transaction.apply(run, wallMicroseconds: now) }
            transaction.advanceFeed(to: end)
            return true
        }
        guard isStored else { throw SyncError.outOfStep("its feed was left meanwhile") }
    }

    private func runs(_ page: WireFeedPage) throws -> [FeedRun] {
        let runs: [FeedRun]
        do {
            runs = try page.runs.map { run throws in try FeedRun(run) }
        } catch {
            throw SyncError.nonsense("\(error)")
        }
        for entry in runs.lazy.flatMap(\.entries) {
            // Our own ranks begin after the greatest that we saw, and must have room.
            guard entry.standing.rank < Self.rankLimit,
                entry.standing.position ?? 0 <= page.position
            else { throw SyncError.nonsense("rank or position of \(entry.id)") }
        }
        return runs
    }
}
