import CurlHTTP
import Foundation
import HubStorage
import LedgerStore
import Replication
import ScanTesting
import StationStorage
import SyncProtocol
import Testing

@testable import Syncing

/// How a station that lost its place, or holds something else than the hub, is made whole.
@Suite struct SnapshotTests {
    @Test func aStationTakesItAllAndGoesOnBehindIt() async throws {
        try await withFilledHub { hub, store in
            try await withStation { station in
                let snapshot = try await station.parts(at: hub, store).snapshot
                try await snapshot.take(progressed: {})
                #expect(try await station.stock() == store.stock())
                let (position, progress) = try await station.store.read {
                    (try $0.feedPosition(), try $0.snapshotProgress())
                }
                #expect(position == (try store.tenant("main").position))
                #expect(progress == nil)
            }
        }
    }

    @Test func anInterruptedOneGoesOnWhereItWas() async throws {
        try await withFilledHub { hub, store in
            try await withStation { station in
                let parts = try await station.parts(at: hub, store)
                let all = try await store.tenant("main").operations(after: 0, limit: 10_000)
                let first = all.map(\.operation.id).sorted { left, right in
                    (Int64(bitPattern: left.incarnation.rawValue), left.sequence)
                        < (Int64(bitPattern: right.incarnation.rawValue), right.sequence)
                }[0]
                let entry = try #require(all.first { $0.operation.id == first })
                let run = FeedRun(
                    station: entry.operation.station, incarnation: first.incarnation, link: nil,
                    entries: [
                        .init(
                            id: first, standing: entry.standing, refusal: nil,
                            content: .init(entry.operation, kindBytes: entry.kindBytes))
                    ])
                let position = try store.tenant("main").position
                let generation = parts.generation
                try await station.store.write { transaction in
                    try transaction.fill(run, wallMicroseconds: 0)
                    try transaction.noteSnapshot(
                        SnapshotProgress(
                            generation: generation, position: position, last: first))
                }
                try await parts.snapshot.take(progressed: {})
                #expect(try await station.stock() == store.stock())
            }
        }
    }

    /// The hub was put back while the station went on asking.
    @Test func aFeedThatIsGoneIsReadAnewAfterAGreeting() async throws {
        try await withFilledHub { hub, store in
            try await withStation { station in
                let parts = try await station.parts(at: hub, store)
                try await station.store.write { $0.advanceFeed(to: 1_000_000) }
                await #expect(throws: SyncError.outOfStep("its feed ends before 1000000")) {
                    try await parts.downstream.turn()
                }
                #expect(try await station.store.read { try $0.feedPosition() } == 0)
                while try await station.store.read({ try $0.feedPosition() })
                    < store.tenant("main").position
                { _ = try await parts.downstream.turn() }
                #expect(try await station.stock() == store.stock())
            }
        }
    }

    @Test func anAuditFetchesWhatIsMissingAndMendsWhatIsWrong() async throws {
        try await withFilledHub { hub, store in
            try await withStation { station in
                let parts = try await station.parts(at: hub, store)
                // Only what comes later reaches it: as if a page had been lost.
                try await station.store.write { $0.advanceFeed(to: 30) }
                while try store.tenant("main").position
                    > (try await station.store.read { try $0.feedPosition() })
                { _ = try await parts.downstream.turn() }
                #expect(try await station.stock() != store.stock())
                #expect(try await parts.audit.isDue())

                #expect(try await parts.audit.run() == 1)

                #expect(try await station.stock() == store.stock())
                #expect(try await parts.audit.run() == 0)
                #expect(try await !parts.audit.isDue())
                try await station.store.write {
                    $0.noteAudit(
                        wallMicroseconds: station.settings.wallClock() - 8 * 24 * 3_600_000_000)
                }
                #expect(try await parts.audit.isDue())
            }
        }
    }

    /// 60 operations of three stations, counts and refused ones among them.
    private func withFilledHub(
        _ body: (TestHub, HubStore) async throws -> Void
    ) async throws {
        try await withHub { hub, store in
            for number in 1...3 {
                try await withStation(at: hub, store) { station in
                    let key = StockKey(item: "A", place: "P")
                    for index in 0..<9 {
                        try await station.make([
                            .adjust(key, delta: Int64(number)), .count(key, quantity: Int64(index)),
                        ])
                    }
                    try await station.make([
                        .adjust(StockKey(item: "", place: "P"), delta: 1),
                        .move(key, to: "Q", quantity: 1),
                    ])
                    #expect(try await soon { try await station.waiting() == 0 })
                }
            }
        }
    }
}

/// The parts of a session, to be used one by one.
struct SessionParts {
    var generation: String
    var snapshot: Snapshot
    var downstream: Downstream
    var audit: Audit
}

extension TestStation {
    func parts(at hub: TestHub, _ store: HubStore) async throws -> SessionParts {
        let enrolment = try await enrol(at: hub, code: try await store.code())
        let clock = HubClock(settings.wallClock)
        let client = HubClient(
            http: http, enrolment: enrolment, key: key.privateKey, clock: clock)
        let generation = try await Greeting(
            store: self.store, client: client, clock: clock, settings: settings
        ).greet().generation
        return SessionParts(
            generation: generation,
            snapshot: Snapshot(
                store: self.store, client: client, clock: clock, generation: generation,
                enrolment: enrolment),
            downstream: Downstream(
                store: self.store, client: client, clock: clock, generation: generation,
                enrolment: enrolment),
            audit: Audit(
                store: self.store, client: client, clock: clock, generation: generation,
                log: silent))
    }
}
