import HubStorage
import LedgerStore
import Replication
import SyncProtocol
import Testing

@Suite struct FeedTests {
    @Test func bringsTwoStationsTogether() async throws {
        try await withHub { hub in
            var one = try await hub.station()
            var other = try await hub.station()
            _ = try await one.hello(last: 0)
            _ = try await other.hello(last: 0)
            one.makeMany(3)
            other.makeMany(2)
            _ = try await one.push(1...2)
            _ = try await other.push(1...2)
            _ = try await one.push(3...3)

            let read = try await [one, other].asyncMap { station in
                try #require(try await station.feed(after: 0)).runs.map { try FeedRun($0) }
            }

            // Both hear the same of everything; whose it is comes without its content.
            let standings = read.map { $0.flatMap(\.entries).map(\.standing) }
            #expect(standings[0] == standings[1])
            #expect(standings[0].map(\.position) == [1, 2, 3, 4, 5])
            #expect(read[0].map { $0.entries[0].content == nil } == [true, false, true])
            #expect(read[1].map { $0.entries[0].content == nil } == [false, true, false])
        }
    }

    /// As after a restart of the hub: the station may have been put back to an older image.
    @Test func givesEverythingToAStationThatHasNotSaidHello() async throws {
        try await withHub { hub in
            var station = try await hub.station()
            station.makeMany(2)
            _ = try await station.push(1...2)
            let page = try #require(try await station.feed(after: 0))
            let entries = try page.runs.flatMap { try FeedRun($0).entries }
            #expect(entries.map(\.content) == station.entries)
        }
    }

    @Test func carriesContentUnchanged() async throws {
        try await withHub { hub in
            var maker = try await hub.station()
            let reader = try await hub.station()
            maker.make(.count(StockKey(item: "ä", place: "P", lot: "L"), quantity: 7))
            maker.make(.undo(maker.entries[0].operation.id, level: 2))
            maker.make(.batchAdd(BatchLine(batch: "B", code: "01\u{1D}10", aim: "]d2")))
            _ = try await maker.push(1...3)

            let page = try #require(try await reader.feed(after: 0))

            let entries = try page.runs.flatMap { try FeedRun($0).entries }
            #expect(entries.map(\.content) == maker.entries)
        }
    }

    @Test func answersAtOnceWhenSomethingComes() async throws {
        try await withHub { hub in
            var maker = try await hub.station()
            let reader = try await hub.station()
            maker.makeMany(1)
            let sender = maker
            async let waiting = reader.feed(after: 0, wait: 25)
            _ = try await sender.push(1...1)

            // With polling or without a bell this would take 25 seconds, and the suite's patience.
            let started = ContinuousClock.now
            let page = try #require(try await waiting)

            #expect(page.position == 1)
            #expect(ContinuousClock.now - started < .seconds(10))
        }
    }

    @Test func saysNothingWhenNothingCame() async throws {
        try await withHub { hub in
            let reader = try await hub.station()
            let answer = try await reader.get("/v1/feed?pos=0&wait=0")
            #expect(answer.status == 204)
            #expect(answer.body.isEmpty)
        }
    }

    @Test func goesPageByPage() async throws {
        try await withHub { hub in
            var maker = try await hub.station()
            let reader = try await hub.station()
            maker.makeMany(10)
            _ = try await maker.push(1...10)
            var position: FeedPosition = 0
            var pages = 0
            while true {
                let answer = try await reader.get("/v1/feed?pos=\(position)&max=4")
                guard answer.status == 200 else { break }
                position = try reader.form.decode(WireFeedPage.self, from: answer.body).position
                pages += 1
            }
            #expect(position == 10)
            #expect(pages == 3)
        }
    }

    @Test(arguments: ["pos=-1", "pos=x", "max=0", "max=2001", "wait=26"])
    func refusesNonsense(query: String) async throws {
        try await withHub { hub in
            let answer = try await hub.station().get("/v1/feed?\(query)")
            #expect(answer.status == 400)
            #expect(answer.code == "parameter")
        }
    }

    @Test func givesBackWhatAnOlderImageLost() async throws {
        try await withHub { hub in
            var station = try await hub.station()
            station.makeMany(5)
            _ = try await station.push(1...5)
            // The card was put back to when it held two of them.
            _ = try await station.hello(last: 2)
            var child = station.child(at: 2, operations: 1)
            child.base = 0
            _ = try await child.push(1...1)

            let page = try #require(try await station.feed(after: 0))

            let contents = try page.runs.flatMap { try FeedRun($0).entries }
                .map { $0.content != nil }
            #expect(contents == [false, false, true, true, true, false])
        }
    }

    @Test func tellsCursorsInHello() async throws {
        try await withHub { hub in
            var station = try await hub.station()
            station.makeMany(3)
            _ = try await station.push(1...3)

            let answer = try await station.hello(last: 3)

            #expect(answer.cursors.map(\.sequence) == [3])
            #expect(answer.feedPosition == 3)
            #expect(answer.hubTime == hub.clock.now)
            #expect(answer.generation == hub.store.registry.generation)
        }
    }

    @Test func correctsAClockByItsOffset() async throws {
        try await withHub { hub in
            var station = try await hub.station()
            station.skewMicroseconds = 3_600_000_000
            _ = try await station.hello(last: 0)
            station.makeMany(1)
            _ = try await station.push(1...1)

            let list = try await hub.store.tenant("main").operations(after: 0, limit: 1)

            #expect(list.map(\.standing.rank) == [hub.clock.now])
        }
    }

    @Test func saysWhenTheHardwareChanged() async throws {
        try await withHub { hub in
            let station = try await hub.station()
            _ = try await station.hello(last: 0, fingerprint: "pi-1")
            _ = try await station.hello(last: 0, fingerprint: "pi-1")
            #expect(try await hub.store.tenant("main").alarms().isEmpty)
            _ = try await station.hello(last: 0, fingerprint: "pi-2")

            let alarms = try await hub.store.tenant("main").alarms()
            #expect(alarms.map(\.kind) == [.fingerprintChanged])
        }
    }
}

extension Array {
    fileprivate func asyncMap<T>(_ transform: (Element) async throws -> T) async throws -> [T] {
        var result: [T] = []
        for element in self { result.append(try await transform(element)) }
        return result
    }
}
