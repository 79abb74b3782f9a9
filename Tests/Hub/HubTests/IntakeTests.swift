import HubStorage
import LedgerStore
import Replication
import SyncProtocol
import Testing

@Suite struct IntakeTests {
    @Test(arguments: MessageForm.allCases)
    func takesOperationsInBothForms(form: MessageForm) async throws {
        try await withHub { hub in
            var station = try await hub.station()
            station.form = form
            station.makeMany(3)

            let answer = try await station.pushed(1...3)

            #expect(answer.cursors.map(\.sequence) == [3])
            #expect(answer.cursors.map { Array($0.chain) } == [station.chains[3]])
            #expect(answer.verdicts.isEmpty)
            #expect(answer.feedPosition == 3)
        }
    }

    @Test func takesARepeatOnce() async throws {
        try await withHub { hub in
            var station = try await hub.station()
            station.makeMany(5)
            for _ in 0..<3 {
                let answer = try await station.pushed(1...3)
                #expect(answer.cursors.map(\.sequence) == [3])
                #expect(answer.feedPosition == 3)
            }
            let overlapping = try await station.pushed(2...5)
            #expect(overlapping.feedPosition == 5)
            let last = try await station.pushed(5...5)
            #expect(last.feedPosition == 5)
        }
    }

    @Test func takesNothingBeyondAGap() async throws {
        try await withHub { hub in
            var station = try await hub.station()
            station.makeMany(6)
            _ = try await station.push(1...2)

            let answer = try await station.push([station.run(4...5), station.run(3...3)])

            let message = try station.form.decode(WireOpsResponse.self, from: answer.body)
            #expect(message.cursors.map(\.sequence) == [2])
            #expect(message.feedPosition == 2)
        }
    }

    @Test func takesAParentBeforeItsChild() async throws {
        try await withHub { hub in
            var parent = try await hub.station()
            parent.makeMany(2)
            let child = parent.child(at: 2, operations: 2)

            let answer = try await parent.push([parent.run(1...2), child.run(1...2)])

            let message = try parent.form.decode(WireOpsResponse.self, from: answer.body)
            #expect(message.cursors.map(\.sequence) == [2, 2])
            let list = try await hub.store.tenant("main").operations(after: 0, limit: 10)
            #expect(list.map(\.standing.rank) == list.map(\.standing.rank).sorted())
        }
    }

    @Test func refusesAFork() async throws {
        try await withHub { hub in
            var one = try await hub.station()
            one.makeMany(2)
            var other = one
            one.make(.count(StockKey(item: "A", place: "P"), quantity: 1))
            other.make(.count(StockKey(item: "A", place: "P"), quantity: 2))
            other.makeMany(3)
            _ = try await one.push(1...3)

            for sequences in [3...3, 1...3, 2...6] {
                let answer = try await other.push(sequences)
                #expect(answer.status == 409)
                #expect(answer.code == "fork")
            }
            #expect(try hub.store.tenant("main").position == 3)
        }
    }

    @Test func refusesABrokenChain() async throws {
        try await withHub { hub in
            var station = try await hub.station()
            station.makeMany(4)
            var torn = station.run(1...3)
            torn.operations.removeLast()
            var changed = station.run(1...3)
            changed.operations[1].operation.device = "another"

            for run in [torn, changed] {
                let answer = try await station.push([run])
                #expect(answer.status == 400)
                #expect(answer.code == "broken-chain")
            }
            // A good run before a broken one isn't taken either.
            _ = try await station.push([station.run(1...1), changed])
            #expect(try hub.store.tenant("main").position == 0)
        }
    }

    @Test func knowsWhoseAnIncarnationIs() async throws {
        try await withHub { hub in
            var owner = try await hub.station()
            var thief = try await hub.station()
            thief.incarnation = owner.incarnation
            owner.makeMany(1)
            thief.makeMany(1)
            _ = try await owner.push(1...1)

            let answer = try await thief.push(1...1)

            #expect(answer.status == 409)
            #expect(answer.code == "incarnation-taken")
        }
    }

    @Test func givesARefusedOperationOneVerdictAndMovesOn() async throws {
        try await withHub { hub in
            var station = try await hub.station()
            station.makeMany(1)
            station.make(.adjust(StockKey(item: "", place: "P"), delta: 1))
            station.make(.count(StockKey(item: "A", place: "P"), quantity: -1))
            station.makeMany(1)

            // The same answer, however often it is asked for.
            for _ in 0..<2 {
                let answer = try await station.pushed(1...4)
                #expect(answer.cursors.map(\.sequence) == [4])
                #expect(answer.verdicts.map(\.sequence) == [2, 3])
                #expect(answer.verdicts.map(\.code) == ["empty-item", "quantity-out-of-range"])
            }
            let page = try #require(try await station.feed(after: 0))
            #expect(page.runs.flatMap(\.verdicts).map(\.sequence) == [2, 3])
            #expect(page.position == 4)
        }
    }

    @Test func keepsUnknownKindsByteForByte() async throws {
        try await withHub { hub in
            var maker = try await hub.station()
            let reader = try await hub.station()
            // Field 99, two bytes: a kind that came after this program.
            let bytes: [UInt8] = [0x9A, 0x06, 0x02, 0xCA, 0xFE]
            maker.make(.unknown, kindBytes: bytes)

            let answer = try await maker.pushed(1...1)
            let page = try #require(try await reader.feed(after: 0))

            #expect(answer.verdicts.isEmpty)
            let entry = try #require(try page.runs.first.map { try FeedRun($0) }?.entries.first)
            #expect(entry.content?.kindBytes == bytes)
            #expect(entry.content?.operation.kind == .unknown)
        }
    }

    @Test func marksAStationWhoseLeftCopySpeaksAgain() async throws {
        try await withHub { hub in
            var left = try await hub.station()
            left.makeMany(2)
            let child = left.child(at: 2, operations: 1)
            _ = try await left.push(1...2)
            _ = try await child.push(1...1)
            #expect(try await hub.store.tenant("main").alarms().isEmpty)
            left.makeMany(1)

            let answer = try await left.pushed(3...3)

            #expect(answer.cursors.map(\.sequence) == [3])
            #expect(try await hub.store.tenant("main").alarms().map(\.kind) == [.cloned])
        }
    }

    @Test func keepsAllThroughARestart() async throws {
        let directory = temporaryDirectory()
        let clock = TestClock()
        let (key, incarnation) = try await withHub(directory: directory, clock: clock) { hub in
            var station = try await hub.station()
            station.makeMany(3)
            _ = try await station.push(1...3)
            return (station, station.incarnation)
        }
        try await withHub(directory: directory, clock: clock) { hub in
            var station = key.moved(to: hub)
            station.makeMany(1)
            let answer = try await station.pushed(2...4)
            #expect(answer.cursors.map(\.incarnation) == [incarnation.rawValue])
            #expect(answer.feedPosition == 4)
        }
    }
}
