import Replication
import StationStorage
import SwiftProtobuf
import SyncProtocol

/// Takes in the hub's feed, page by page, each in one transaction with its position.
struct Downstream: Sendable {
    /// A hub that waits answers no sooner when it has nothing.
    private static let emptyAnswerPause = Duration.seconds(1)

    let store: StationStore
    let client: HubClient
    let clock: HubClock
    /// Of the hub that was greeted.
    let generation: String

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

    private func take(_ page: WireFeedPage, after position: FeedPosition) async throws {
        guard page.generation == generation else {
            throw SyncError.outOfStep("its database is another")
        }
        guard page.position > position else {
            throw SyncError.nonsense("after \(position) its feed goes to \(page.position)")
        }
        let runs = try runs(page)
        let now = clock.local
        try await store.write { transaction in
            for run in runs { try transaction.apply(run, wallMicroseconds: now) }
            transaction.advanceFeed(to: page.position)
        }
    }

    private func runs(_ page: WireFeedPage) throws -> [FeedRun] {
        do {
            return try page.runs.map { run throws in try FeedRun(run) }
        } catch {
            throw SyncError.nonsense("\(error)")
        }
    }
}
