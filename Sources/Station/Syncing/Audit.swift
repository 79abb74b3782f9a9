import Logging
import Replication
import StationStorage
import SwiftProtobuf
import SyncProtocol

/// Compares what is here with what the hub holds, range by range, and fetches what differs.
struct Audit: Sendable {
    /// How often nothing but habit calls for one.
    static let interval = Duration.seconds(7 * 24 * 3600)
    private static let range = 4096

    let store: StationStore
    let client: HubClient
    let clock: HubClock
    let generation: String
    let log: Logger

    /// Whether it is time for one: a week has gone, or this machine's clock went back.
    func isDue() async throws -> Bool {
        let last = try await store.read { try $0.lastAudit() }
        let week = Int64(Self.interval.components.seconds) * 1_000_000
        return !(last...(last + week)).contains(clock.local)
    }

    /// Answers with how many ranges differed.
    @discardableResult
    func run() async throws -> Int {
        let end = try await store.read { try $0.feedPosition() }
        var (start, differing) = (FeedPosition(0), 0)
        while start < end {
            try Task.checkCancellation()
            let answer = try await client.digest(
                .with {
                    ($0.after, $0.position) = (start, end)
                    $0.range = UInt32(Self.range)
                })
            guard answer.generation == generation, answer.position > start,
                answer.position <= end
            else { throw SyncError.outOfStep("its digest is of another feed") }
            differing += try await compare(answer, after: start)
            start = answer.position
        }
        // It may be the hub that lacks something.
        if differing > 0 { try await GivingBack(store: store, client: client).run() }
        try await postpone()
        log.info("hub: audit", metadata: ["position": "\(end)", "differing": "\(differing)"])
        return differing
    }

    /// The next one is due after its interval.
    func postpone() async throws {
        let now = clock.local
        try await store.write { $0.noteAudit(wallMicroseconds: now) }
    }

    private func compare(
        _ answer: WireDigestResponse, after start: FeedPosition
    ) async throws -> Int {
        let end = answer.position
        let own = try await store.read {
            try $0.digests(after: start, upTo: end, range: Self.range)
        }
        guard own.count == answer.digests.count else {
            throw SyncError.nonsense("\(answer.digests.count) digests for \(own.count) ranges")
        }
        var differing = 0
        for (index, (own, hub)) in zip(own, answer.digests).enumerated() where own != Array(hub) {
            differing += 1
            let first = start + FeedPosition(index * Self.range)
            try await mend(
                after: first, upTo: min(first + FeedPosition(Self.range), end), Array(hub))
        }
        return differing
    }

    private func mend(
        after start: FeedPosition, upTo end: FeedPosition, _ digest: [UInt8]
    ) async throws {
        var position = start
        while position < end,
            let page = try await client.wholeFeed(after: position, limit: Int(end - position))
        {
            guard page.position > position else {
                throw SyncError.nonsense("its feed stands still at \(position)")
            }
            let runs = try FeedRun.checked(page.runs, upTo: page.position)
            let now = clock.local
            try await store.write { transaction in
                for run in runs { try transaction.fill(run, wallMicroseconds: now) }
            }
            position = page.position
        }
        let mended = try await store.read {
            try $0.digests(after: start, upTo: end, range: Self.range).first == digest
        }
        log.notice(
            """
            hub: operations \(start + 1) to \(end) differed from the hub's and \
            \(mended ? "were fetched" : "still do: something is here that the hub never had")
            """,
            metadata: ["code": "\(mended ? "audit-mended" : "audit-differs")"])
    }
}
