import CurlHTTP
import Foundation
import HubStorage
import Replication
import ScanTesting
import StationStorage
import SyncProtocol
import Testing

@testable import Syncing

/// A station that belongs elsewhere now, or whose hub isn't what it was.
@Suite struct MovedStationTests {
    @Test func anotherTenantHasAnotherFeed() async throws {
        try await withHub { hub, store in
            let station = try TestStation()
            try await station.enrol(at: hub, code: try await store.code())
            try await station.store.write { $0.advanceFeed(to: 5) }
            try await station.enrol(at: hub, code: try await store.code(tenant: "other"))
            #expect(try await station.store.read { try $0.feedPosition() } == 0)
            try station.end()
        }
    }

    /// The old hub's answer was on its way when the station went to another.
    @Test func aPageThatComesTooLateMovesNothing() async throws {
        let station = try TestStation()
        let before = Enrolment(
            station: "st-1", tenant: "main", hubURL: "http://one", generation: "g")
        let downstream = downstream(of: station, before)
        try await station.store.write {
            try $0.enrol(station: "st-2", tenant: "main", hubURL: "http://two", generation: "h")
        }
        let late = page(upTo: 5000, [])
        let fault = await #expect(throws: SyncError.self) {
            try await downstream.take(late, after: 0)
        }
        #expect(fault?.code == "hub-out-of-step")
        #expect(try await station.store.read { try $0.feedPosition() } == 0)
        try station.end()
    }

    /// What would make every later scan overflow is never stored.
    @Test(arguments: [(rank: Int64.max, position: UInt64(1)), (1, .max), (1, 1 << 63)])
    func takesNoRankOrPositionWithoutEnd(rank: Int64, position: UInt64) async throws {
        let station = try TestStation()
        let enrolment = Enrolment(
            station: "unenrolled", tenant: "", hubURL: "", generation: "g")
        let endless = page(upTo: position, [try theirs(rank: rank, position: position).wire])
        let downstream = downstream(of: station, enrolment)
        let fault = await #expect(throws: SyncError.self) {
            try await downstream.take(endless, after: 0)
        }
        #expect(fault?.code == "hub-nonsense")
        try await station.scan(1)
        #expect(try await station.stock()[.scanned] == 1)
        try station.end()
    }

    /// However many lives a station had, another hub gets all that they made.
    @Test func anotherHubGetsWhatIsOldAsWell() async throws {
        let station = try TestStation()
        try await station.store.write { transaction in
            for number in UInt64(1)...1200 {
                try transaction.append(
                    [.adjust(.scanned, delta: 1)], life: Life(random: number),
                    by: Author(), wallMicroseconds: 1)
                try transaction.acknowledge(
                    Incarnation(rawValue: number), upTo: 1, wallMicroseconds: 1)
            }
        }
        let running = Task { await station.loop.run() }
        try await withHub { hub, store in
            try await station.enrol(at: hub, code: try await store.code())
            station.loop.urge.signal()
            let hasAll = try await soon { try store.tenant("main").position == 1200 }
            #expect(hasAll)
            #expect(try await store.stock()[.scanned] == 1200)
        }
        running.cancel()
        await running.value
        try station.end()
    }

    /// The hub was put back to a backup, and a copy of the station gave the lost numbers to
    /// other operations: they are not taken for those of the station.
    @Test func aCopyThatSpokeFirstIsNotTakenForUs() async throws {
        try await withAbsentHub { hub in
            let backup = hub.directory + "-backup"
            let (station, copy) = try await hub.up { store async throws in
                let station = try TestStation()
                try await station.enrol(at: hub, code: try await store.code())
                try await station.scan(3)
                try await station.sendsAll()
                return (station, try TestStation(copying: station))
            }
            try FileManager.default.copyItem(atPath: hub.directory, toPath: backup)
            try await station.scan(2, item: "ours")
            try await hub.up { _ async throws in try await station.sendsAll() }
            try FileManager.default.removeItem(atPath: hub.directory)
            try FileManager.default.moveItem(atPath: backup, toPath: hub.directory)
            try await copy.scan(2, item: "theirs")
            try await hub.up { _ async throws in try await copy.sendsAll() }

            try await hub.up { _ async throws in
                try await station.running {
                    let isTold = try await soon {
                        if case .offline("fork", _) = station.loop.status.current {
                            true
                        } else {
                            false
                        }
                    }
                    #expect(isTold)
                    #expect(try await station.waiting() >= 2)
                }
            }
            for one in [station, copy] { try one.end() }
        }
    }

    private func page(upTo position: FeedPosition, _ runs: [WireFeedRun]) -> WireFeedPage {
        var page = WireFeedPage()
        (page.position, page.generation, page.runs) = (position, "g", runs)
        return page
    }

    private func theirs(rank: Int64, position: FeedPosition) -> FeedRun {
        let kind = OperationKind.adjust(.scanned, delta: 1)
        let id = OperationID(incarnation: Incarnation(rawValue: 9), sequence: 1)
        let operation = Operation(
            id: id, station: "st-9", clock: HybridTime(rawValue: 1), base: 0, kind: kind)
        return FeedRun(
            station: "st-9", incarnation: id.incarnation, link: nil,
            entries: [
                .init(
                    id: id, standing: Standing(position: position, rank: rank), refusal: nil,
                    content: Run.Entry(operation, kindBytes: kind.kindBytes))
            ])
    }

    private func downstream(of station: TestStation, _ enrolment: Enrolment) -> Downstream {
        let clock = HubClock(station.settings.wallClock)
        return Downstream(
            store: station.store,
            client: HubClient(http: station.http, hubURL: enrolment.hubURL, pin: nil, clock: clock),
            clock: clock, generation: "g", enrolment: enrolment)
    }
}

extension TestStation {
    fileprivate func running(_ body: () async throws -> Void) async throws {
        let running = Task { await loop.run() }
        try await body()
        running.cancel()
        await running.value
    }

    fileprivate func sendsAll() async throws {
        try await running {
            let isSent = try await soon { try await waiting() == 0 }
            #expect(isSent)
        }
    }
}
