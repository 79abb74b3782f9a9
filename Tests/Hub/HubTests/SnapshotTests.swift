import Foundation
import HubStorage
import LedgerStore
import Replication
import SwiftProtobuf
import SyncProtocol
import Testing

@testable import Hub

@Suite struct SnapshotTests {
    @Test(arguments: [1, 3, 2000])
    func isAllThatTheHubHeldAtOnePosition(pageSize: Int) async throws {
        try await withHub { hub in
            let (one, other) = try await hub.twoStations()
            let end = try hub.store.tenant("main").position
            var pages = try await one.snapshotPage("?max=\(pageSize)")
            var entries = try pages.entries()
            // What comes while it is read is not of it.
            var late = other
            late.makeMany(2)
            _ = try await late.push(1...late.entries.count)
            while pages.hasNext {
                #expect(pages.position == end)
                let next = OperationID(pages.next)
                pages = try await one.snapshotPage(
                    "?max=\(pageSize)&pos=\(end)&after=\(next)")
                entries += try pages.entries()
            }
            let feed = try await hub.store.tenant("main").operations(after: 0, limit: 100)
            let held = feed.prefix(Int(end))
            // A life comes after the one that it grew from.
            #expect(entries.map(\.id) == held.map(\.operation.id))
            for logged in held {
                let entry = try #require(entries.first { $0.id == logged.operation.id })
                #expect(entry.standing == logged.standing)
                #expect(entry.content?.kindBytes == logged.kindBytes)
                #expect(entry.content?.operation == logged.operation)
            }
        }
    }

    /// Its reader stands where this feed never went: the hub was put back.
    @Test func aPositionBeyondTheFeedIsGone() async throws {
        try await withHub { hub in
            let (station, _) = try await hub.twoStations()
            let end = try hub.store.tenant("main").position
            #expect(try await station.get("/v1/feed?pos=\(end)").status == 204)
            let paths = ["/v1/feed?pos=\(end + 1)", "/v1/snapshot?pos=\(end + 1)"]
            for path in paths {
                let answer = try await station.get(path)
                #expect(answer.status == 410)
                #expect(answer.code == "feed-gone")
            }
        }
    }

    /// The long poll waits for news only where there can be some.
    @Test func aPositionBeyondTheFeedIsGoneAtOnce() async throws {
        try await withHub { hub in
            let (station, _) = try await hub.twoStations()
            let end = try hub.store.tenant("main").position
            let started = ContinuousClock.now
            let answer = try await station.get("/v1/feed?pos=\(end + 1)&wait=25")
            #expect(answer.code == "feed-gone")
            #expect(ContinuousClock.now - started < .seconds(12))
        }
    }

    @Test func aMarkThatTheHubLostIsGone() async throws {
        try await withHub { hub in
            let (station, _) = try await hub.twoStations()
            let end = try hub.store.tenant("main").position
            let lost = OperationID(incarnation: Incarnation(rawValue: 0xDEAD), sequence: 7)
            let answer = try await station.get("/v1/snapshot?pos=\(end)&after=\(lost)")
            #expect(answer.status == 410)
            #expect(answer.code == "feed-gone")
        }
    }

    @Test func aMarkThatIsNoneIsRefused() async throws {
        try await withHub { hub in
            let station = try await hub.station()
            let answer = try await station.get("/v1/snapshot?after=7")
            #expect(answer.status == 400)
            #expect(answer.code == "parameter")
        }
    }

    @Test func digestsAreOfTheOperationsOfEachRange() async throws {
        try await withHub { hub in
            let (station, _) = try await hub.twoStations()
            let feed = try await hub.store.tenant("main").operations(after: 0, limit: 100)
            let answer = try await station.digests(after: 1, position: 7, range: 4)
            #expect(answer.position == 7)
            let expected = [feed[1..<5], feed[5..<7]].map { part in
                var digest = FeedDigest()
                for logged in part {
                    digest.add(logged.operation, logged.standing, kindBytes: logged.kindBytes)
                }
                return digest.value
            }
            #expect(answer.digests.map { Array($0) } == expected)
        }
    }

    @Test func noMoreDigestsAreMadeAtOnceThanTheLimit() async throws {
        try await withHub { hub in
            var station = try await hub.station()
            station.makeMany(SyncRoutes.digestsLimit + 1)
            _ = try await station.push(1...station.entries.count)
            let end = UInt64(station.entries.count)
            let answer = try await station.digests(after: 0, position: end, range: 1)
            #expect(answer.digests.count == SyncRoutes.digestsLimit)
            #expect(answer.position == UInt64(SyncRoutes.digestsLimit))
            let rest = try await station.digests(after: answer.position, position: end, range: 1)
            #expect(rest.digests.count == 1)
            #expect(rest.position == end)
        }
    }

    static let ranges: [(after: UInt64, position: UInt64, range: UInt32, status: Int)] = [
        (0, 1, 0, 400), (0, 1, 10_000, 200), (0, 1, 10_001, 400), (2, 1, 10, 400),
        (0, 2, 10, 410), (0, .max, 10_000, 410),
    ]

    @Test(arguments: ranges)
    func rangesAreChecked(after: UInt64, position: UInt64, range: UInt32, status: Int) async throws
    {
        try await withHub { hub in
            var station = try await hub.station()
            station.makeMany(1)
            _ = try await station.push(1...1)
            let answer = try await station.send(
                "/v1/digest",
                WireDigestRequest.with {
                    ($0.after, $0.position, $0.range) = (after, position, range)
                })
            #expect(answer.status == status)
        }
    }
}

extension TestHub {
    /// Their operations take turns in the feed, 8 of them, one of which was refused.
    fileprivate func twoStations() async throws -> (TestStation, TestStation) {
        var (one, other) = (try await station(), try await station())
        one.makeMany(4)
        other.makeMany(3)
        other.make(.adjust(StockKey(item: "", place: "P"), delta: 1))
        for sequence in 1...4 {
            _ = try await one.push(sequence...sequence)
            _ = try await other.push(sequence...sequence)
        }
        return (one, other)
    }
}

extension TestStation {
    fileprivate func snapshotPage(_ query: String) async throws -> WireSnapshotPage {
        try form.decode(WireSnapshotPage.self, from: try await get("/v1/snapshot" + query).body)
    }

    fileprivate func digests(
        after: UInt64, position: UInt64, range: UInt32
    ) async throws -> WireDigestResponse {
        let answer = try await send(
            "/v1/digest",
            WireDigestRequest.with {
                ($0.after, $0.position, $0.range) = (after, position, range)
            })
        return try form.decode(WireDigestResponse.self, from: answer.body)
    }
}

extension WireSnapshotPage {
    fileprivate func entries() throws -> [FeedRun.Entry] {
        try runs.flatMap { try FeedRun($0).entries }
    }
}
