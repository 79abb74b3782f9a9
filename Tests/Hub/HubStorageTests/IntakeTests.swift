import Foundation
import LedgerStore
import Replication
import SyncProtocol
import Testing

@testable import HubStorage

/// Exactly one effect an operation, whatever a network, a card or another copy does.
@Suite struct IntakeTests {
    /// A station has made 9 operations. What is sent one after another, and where that leads.
    static let deliveries: [(rule: String, sent: [ClosedRange<Int>], cursor: UInt64)] = [
        ("all at once", [1...9], 9),
        ("one by one", (1...9).map { $0...$0 }, 9),
        ("twice", [1...9, 1...9], 9),
        ("overlapping", [1...5, 3...9], 9),
        ("an old one last", [1...9, 2...4], 9),
        ("a gap at the start", [2...9], 0),
        ("a gap later", [1...3, 5...9], 3),
        ("a gap that is filled", [1...3, 5...9, 4...4], 4),
        ("and sent again", [1...3, 5...9, 4...4, 5...9], 9),
        ("the end alone, again", [1...9, 9...9], 9),
    ]

    @Test(arguments: deliveries, [true, false])
    func takesEachOperationOnce(
        delivery: (rule: String, sent: [ClosedRange<Int>], cursor: UInt64), withChain: Bool
    ) async throws {
        let scene = try IntakeScene()
        let life = ScriptedLife(7, operations: 9)
        var answer: IntakeAnswer?
        for sequences in delivery.sent {
            answer = try await scene.take([life.run(sequences, withChain: withChain)])
        }

        #expect(answer?.cursors.map(\.sequence) == [delivery.cursor])
        #expect(answer?.cursors.map(\.chain) == [life.chains[Int(delivery.cursor)]])
        #expect(answer?.position == delivery.cursor)
        let taken = try await scene.feed().map(\.sequence)
        #expect(taken == (1...9).prefix(Int(delivery.cursor)).map { $0 })
        let key = StockKey(item: "A", place: "P")
        let balance = try await scene.tenant().explain(key, limit: 1).value
        #expect(balance == Int64(delivery.cursor))
    }

    /// What comes after a gap waits, and the answer says how far the hub is with each.
    @Test func takesNothingOfARequestBehindAGap() async throws {
        let scene = try IntakeScene()
        let (one, other) = (ScriptedLife(1, operations: 4), ScriptedLife(2, operations: 3))
        _ = try await scene.take([one.run(1...1), other.run(1...2)])

        let answer = try await scene.take([one.run(3...4), other.run(3...3)])

        #expect(answer.cursors.map(\.incarnation) == [one.incarnation, other.incarnation])
        #expect(answer.cursors.map(\.sequence) == [1, 2])
        #expect(answer.position == 3)
    }

    @Test func takesAChildAfterItsParentOnly() async throws {
        let scene = try IntakeScene()
        let parent = ScriptedLife(1, operations: 3)
        var child = ScriptedLife(2, parent: parent.incarnation, at: 3)
        child.make(2)
        _ = try await scene.take([parent.run(1...2)])

        let early = try await scene.take([child.run(1...2)])
        #expect(early.cursors.map(\.incarnation) == [parent.incarnation, child.incarnation])
        #expect(early.cursors.map(\.sequence) == [2, 0])

        let answer = try await scene.take([parent.run(3...3), child.run(1...2)])
        #expect(answer.cursors.map(\.sequence) == [3, 2])
        let ranks = try await scene.ranks()
        #expect(ranks == ranks.sorted())
    }

    /// It spoke to another hub before this one, and no longer has what it said there.
    @Test func takesAChildOfAnUnknownParent() async throws {
        let scene = try IntakeScene()
        var child = ScriptedLife(2, parent: Incarnation(rawValue: 1), at: 3)
        child.make(2)
        #expect(try await scene.take([child.run(1...2)]).cursors.map(\.sequence) == [2])
    }

    /// Operations 3 and later differ between two databases that use one incarnation.
    static let forks: [ClosedRange<Int>] = [3...3, 1...3, 2...4, 1...5, 4...5, 5...5]

    @Test(arguments: forks)
    func refusesAFork(sequences: ClosedRange<Int>) async throws {
        let scene = try IntakeScene()
        var one = ScriptedLife(7, operations: 2)
        var copy = one
        one.make(.count(StockKey(item: "A", place: "P"), quantity: 1))
        one.make(1)
        copy.make(.count(StockKey(item: "A", place: "P"), quantity: 2))
        copy.make(2)
        _ = try await scene.take([one.run(1...4)])

        let fault = await #expect(throws: HubError.self) {
            _ = try await scene.take([copy.run(sequences)])
        }

        #expect(fault?.code == "fork")
        #expect(try await scene.feed().count == 4)
        #expect(try await scene.take([one.run(1...4)]).position == 4)
    }

    @Test func takesNothingOfARequestWithAFork() async throws {
        let scene = try IntakeScene()
        var one = ScriptedLife(7, operations: 1)
        var copy = one
        one.make(.undo(one.entries[0].operation.id, level: 2))
        copy.make(1)
        let other = ScriptedLife(8, operations: 2)
        _ = try await scene.take([one.run(1...2)])

        await #expect(throws: HubError.fork(copy.entries[1].operation.id, agreed: 1)) {
            _ = try await scene.take([other.run(1...2), copy.run(1...2)])
        }

        #expect(try await scene.feed().count == 2)
        #expect(try await scene.take([other.run(1...2)]).position == 4)
    }

    @Test func refusesARunThatIsNotWhatItsChainSays() async throws {
        let scene = try IntakeScene()
        var run = ScriptedLife(7, operations: 3).run(1...3)
        run.operations.removeLast()
        await #expect(throws: HubError.brokenChain(run.incarnation)) {
            _ = try await scene.take([run])
        }
        #expect(try await scene.feed().isEmpty)
    }

    @Test func givesIncarnationsToOneStation() async throws {
        let scene = try IntakeScene()
        let life = ScriptedLife(7, operations: 2)
        _ = try await scene.take([life.run(1...1)], from: "st-1")
        await #expect(throws: HubError.incarnationTaken(life.incarnation)) {
            _ = try await scene.take([life.run(1...2)], from: "st-2")
        }
        var child = ScriptedLife(8, parent: life.incarnation, at: 1)
        child.make(1)
        await #expect(throws: HubError.incarnationTaken(life.incarnation)) {
            _ = try await scene.take([child.run(1...1)], from: "st-2")
        }
        #expect(try await scene.feed().count == 1)
    }

    @Test func givesARefusedOperationItsVerdictForEver() async throws {
        let scene = try IntakeScene()
        var life = ScriptedLife(7, operations: 1)
        life.make(.count(StockKey(item: "", place: "P"), quantity: 1))
        life.make(.undo(life.entries[0].operation.id, level: 2), base: .max)
        life.make(1)
        for sequences in [1...4, 1...4, 2...3] {
            let answer = try await scene.take([life.run(sequences)])
            #expect(answer.verdicts.map(\.refusal.code) == ["empty-item", "base-out-of-range"])
            #expect(answer.cursors.map(\.sequence) == [4])
        }
        #expect(try await scene.take([life.run(4...4)]).verdicts.isEmpty)
        try scene.restart()
        #expect(try await scene.take([life.run(1...4)]).verdicts.map(\.id.sequence) == [2, 3])
        // The undo was refused, so what it names stands.
        let key = StockKey(item: "A", place: "P")
        #expect(try await scene.tenant().explain(key, limit: 9).value == 2)
    }

    /// The feed had gone further than the hub remembers: what it holds at those positions now
    /// came later, and nobody has seen it.
    @Test func mistrustsABaseBeyondTheFeed() async throws {
        let scene = try IntakeScene()
        var counter = ScriptedLife(1)
        counter.make(.count(StockKey(item: "A", place: "P"), quantity: 10), base: 500)
        let later = ScriptedLife(2, operations: 3)
        _ = try await scene.take([counter.run(1...1)], from: "st-1")
        _ = try await scene.take([later.run(1...3)], from: "st-2")
        #expect(
            try await scene.tenant().explain(StockKey(item: "A", place: "P"), limit: 9).value == 13)
    }

    @Test func keepsClocksInTheirBounds() async throws {
        let scene = try IntakeScene()
        var wild = ScriptedLife(1)
        wild.clock = .max - 10
        wild.make(3)
        _ = try await scene.take([wild.run(1...3)])
        let greatest = try await scene.ranks().max()
        #expect(greatest == IntakeScene.now + 60_000_000 + 2)

        var early = ScriptedLife(2)
        early.clock = -5
        early.make(.undo(wild.entries[0].operation.id, level: 2), base: 3)
        _ = try await scene.take([early.run(1...1)], from: "st-2")
        #expect(try await scene.ranks().last == (greatest ?? 0) + 1)
    }

    @Test func countsPositionsWithoutGaps() async throws {
        let scene = try IntakeScene()
        await withThrowingTaskGroup(of: Void.self) { group in
            for number in UInt64(1)...8 {
                let life = ScriptedLife(number, operations: 20)
                let store = try? scene.tenant()
                group.addTask {
                    for sequence in 1...20 {
                        _ = try await store?.take(
                            [life.run(sequence...sequence)],
                            from: IntakeScene.record(StationCode("st-\(number)"), offset: 0),
                            now: IntakeScene.now)
                    }
                }
            }
        }
        let logged = try await scene.tenant().operations(after: 0, limit: 1000)
        #expect(logged.map(\.standing.position) == (1...160).map { FeedPosition($0) })
    }

    @Test func goesOnWhereItWasAfterARestart() async throws {
        let scene = try IntakeScene()
        let life = ScriptedLife(7, operations: 6)
        for end in 1...6 {
            _ = try await scene.take([life.run(1...end)])
            try scene.restart()
            #expect(try scene.tenant().position == FeedPosition(end))
        }
        #expect(try await scene.feed().map(\.sequence) == [1, 2, 3, 4, 5, 6])
    }

    @Test func keepsAFileForEachTenant() async throws {
        let scene = try IntakeScene()
        let life = ScriptedLife(7, operations: 1)
        for tenant in ["one", "other"] {
            _ = try await scene.tenant(tenant).take(
                [life.run(1...1)], from: IntakeScene.record("st-1", offset: 0),
                now: IntakeScene.now)
            #expect(
                FileManager.default.fileExists(
                    atPath: scene.directory + "/tenants/\(tenant).sqlite"))
        }
        #expect(try scene.tenant("one").position == 1)
        #expect(throws: HubError.tenantName("../one")) { try scene.tenant("../one") }
    }
}
