import OperatorGrants
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
    /// For which the hub was greeted.
    let enrolment: Enrolment
    /// The end of the hub's feed, as it was greeted.
    var hubPosition: FeedPosition = 0
    /// A feed that is longer than this is not read from its beginning.
    var snapshotFloor = Snapshot.feedLimit
    /// nil: what is here is never compared.
    var audit: Audit?
    /// Called after the hub said anew who may work here, with what is wrong with that.
    var rosterHeard: @Sendable (GrantError?) -> Void = { _ in }

    /// `progressed` is called after each answer that was dealt with.
    func run(progressed: () -> Void) async throws {
        try await catchUp(progressed)
        var catalogueLook: ContinuousClock.Instant?
        while true {
            try Task.checkCancellation()
            try await auditWhenDue()
            if catalogueLook.map({ ContinuousClock.now - $0 >= CatalogueFollowing.interval })
                ?? true
            {
                try await followOperators()
                try await followCatalogue(progressed)
                catalogueLook = .now
            }
            let started = ContinuousClock.now
            let isNews = try await turn()
            progressed()
            if !isNews, ContinuousClock.now - started < Self.emptyAnswerPause {
                // A proxy that doesn't let it wait must not make us ask without end.
                try await Task.sleep(for: Self.emptyAnswerPause)
            }
        }
    }

    func catchUp(_ progressed: () -> Void) async throws {
        guard try await needsSnapshot() else { return }
        do {
            try await snapshot.take(progressed: progressed)
        } catch SyncError.refused("not-found", _) {
            // A hub of before there were snapshots: its feed has it all.
        }
    }

    /// What is wrong with the audit must not hold up the feed.
    func auditWhenDue() async throws {
        guard let audit, try await audit.isDue() else { return }
        do {
            try await audit.run()
        } catch SyncError.feedGone {
            // The feed says so as well, and there it is dealt with.
        } catch SyncError.refused("not-found", _) {
            // A hub of before there were digests: next week it may have them.
            try await audit.postpone()
        }
    }

    /// A list that can't be taken must not hold up the feed.
    func followOperators() async throws {
        do {
            let isNew = try await OperatorFollowing(
                store: store, client: client, enrolment: enrolment
            ).run()
            if isNew { rosterHeard(nil) }
        } catch SyncError.refused("not-found", _) {
            // A hub of before there were operators.
        } catch let error as GrantError {
            rosterHeard(error)
        }
    }

    private func followCatalogue(_ progressed: () -> Void) async throws {
        do {
            try await CatalogueFollowing(
                store: store, client: client, clock: clock, generation: generation,
                enrolment: enrolment
            ).run(progressed: progressed)
        } catch SyncError.refused("not-found", _) {
            // A hub of before there was a catalogue.
        }
    }

    private var snapshot: Snapshot {
        Snapshot(
            store: store, client: client, clock: clock, generation: generation,
            enrolment: enrolment)
    }

    /// A station that is new to a long feed, or didn't come to the end of a snapshot.
    private func needsSnapshot() async throws -> Bool {
        let (position, progress) = try await store.read {
            (try $0.feedPosition(), try $0.snapshotProgress())
        }
        return progress != nil || position == 0 && hubPosition > snapshotFloor
    }

    /// false: the hub had nothing.
    func turn() async throws -> Bool {
        let position = try await store.read { try $0.feedPosition() }
        do {
            guard let page = try await client.feed(after: position) else { return false }
            try await take(page, after: position)
        } catch SyncError.feedGone where position > 0 {
            // It was put back. Nothing is lost by reading it anew: what is here already is passed
            // over. And what it lost of ours is found out by greeting it.
            try await store.write { $0.rewindFeed(to: 0) }
            throw SyncError.outOfStep("its feed ends before \(position)")
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
        let runs = try FeedRun.checked(page.runs, upTo: page.position)
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
}
