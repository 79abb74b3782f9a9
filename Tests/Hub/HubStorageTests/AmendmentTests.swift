import LedgerStore
import Replication
import SyncProtocol
import Testing

@testable import HubStorage

/// An operation that takes the place of a refused one counts once, however often it comes.
@Suite struct AmendmentTests {
    let scene: IntakeScene
    static let key = StockKey(item: "A", place: "P")
    static let tooMuch = OperationKind.adjust(key, delta: OperationKind.quantityLimit + 1)

    init() throws {
        scene = try IntakeScene()
    }

    private func balance() async throws -> Int64? {
        try await scene.tenant().stock(.init(item: "A", place: "P"), limit: 1).first?.value
    }

    private func refusals(all: Bool = false) async throws -> [String] {
        try await scene.tenant().quarantine(repairedToo: all, limit: 10).map {
            "\($0.logged.operation.id.sequence) \($0.logged.refusal?.code ?? "") "
                + "\($0.repair.map { "\($0.id.sequence)" } ?? "-")"
                + ($0.isGivenUp ? " given up" : "")
        }
    }

    @Test func theRefusedOneIsRepaired() async throws {
        var life = ScriptedLife(1)
        life.make(Self.tooMuch)
        _ = try await scene.take([life.run(1...1)])
        #expect(try await refusals() == ["1 quantity-out-of-range -"])
        life.make(.adjust(Self.key, delta: 5), amends: 1)
        _ = try await scene.take([life.run(1...2)])
        _ = try await scene.take([life.run(1...2)])
        #expect(try await refusals().isEmpty)
        #expect(try await refusals(all: true) == ["1 quantity-out-of-range 2"])
        #expect(try await balance() == 5)
    }

    @Test func theRefusedOneIsGivenUp() async throws {
        var life = ScriptedLife(1)
        life.make(Self.tooMuch)
        let id = OperationID(incarnation: life.incarnation, sequence: 1)
        life.make(.undo(id, level: 2), amends: 1)
        let answer = try await scene.take([life.run(1...2)])
        #expect(answer.verdicts.map(\.id.sequence) == [1])
        #expect(try await refusals().isEmpty)
        #expect(try await refusals(all: true) == ["1 quantity-out-of-range 2 given up"])
        #expect(try await balance() ?? 0 == 0)
    }

    /// A card was put back, and the same refused operation was put right a second time.
    @Test func aSecondRepairIsRefused() async throws {
        var life = ScriptedLife(1)
        life.make(Self.tooMuch)
        life.make(.adjust(Self.key, delta: 5), amends: 1)
        _ = try await scene.take([life.run(1...2)])
        var copy = ScriptedLife(2, parent: life.incarnation, at: 1)
        copy.make(.adjust(Self.key, delta: 6), amends: 1, of: life.incarnation)
        let answer = try await scene.take([copy.run(1...1)])
        #expect(answer.verdicts.map(\.refusal.code) == ["already-amended"])
        #expect(try await balance() == 5)
    }

    @Test func whatHoldsCantBeAmended() async throws {
        var life = ScriptedLife(1)
        life.make(.adjust(Self.key, delta: 5))
        life.make(.adjust(Self.key, delta: 6), amends: 1)
        let answer = try await scene.take([life.run(1...2)])
        #expect(answer.verdicts.map(\.refusal.code) == ["already-amended"])
        #expect(try await balance() == 5)
    }

    @Test func aRepairThatIsRefusedCanBePutRightItself() async throws {
        var life = ScriptedLife(1)
        life.make(Self.tooMuch)
        life.make(Self.tooMuch, amends: 1)
        life.make(.adjust(Self.key, delta: 5), amends: 2)
        life.make(.adjust(Self.key, delta: 5), amends: 1)
        let answer = try await scene.take([life.run(1...4)])
        #expect(
            answer.verdicts.map(\.refusal.code)
                == ["quantity-out-of-range", "quantity-out-of-range", "already-amended"])
        #expect(
            try await refusals(all: true)
                == [
                    "4 already-amended -", "2 quantity-out-of-range 3", "1 quantity-out-of-range 3",
                ])
        #expect(try await balance() == 5)
    }

    @Test func anotherStationsOperationCantBeAmended() async throws {
        var life = ScriptedLife(1)
        life.make(Self.tooMuch)
        _ = try await scene.take([life.run(1...1)])
        var foreign = ScriptedLife(2)
        foreign.make(.adjust(Self.key, delta: 5), amends: 1, of: life.incarnation)
        let answer = try await scene.take([foreign.run(1...1)], from: "st-2")
        #expect(answer.verdicts.map(\.refusal.code) == ["amends-foreign"])
    }

    /// The hub was put back to before it refused the operation, and the station kept only its own.
    @Test func whatThisHubNeverHadMayBeAmended() async throws {
        var life = ScriptedLife(1)
        life.make(.adjust(Self.key, delta: 5), amends: 7)
        let answer = try await scene.take([life.run(1...1)])
        #expect(answer.verdicts.isEmpty)
        #expect(try await balance() == 5)
    }
}

/// What people decide at the hub is an operation like any other.
@Suite struct ResolutionTests {
    let scene: IntakeScene
    static let key = StockKey(item: "A", place: "P")

    init() throws {
        scene = try IntakeScene()
    }

    private func countTwice() async throws {
        for (number, quantity) in [(UInt64(1), Int64(90)), (2, 92)] {
            var life = ScriptedLife(number)
            life.make(.count(Self.key, quantity: quantity))
            _ = try await scene.take([life.run(1...1)], from: StationCode("st-\(number)"))
        }
    }

    @Test func aDecisionAtTheHubSettlesAndIsInTheFeed() async throws {
        try await countTwice()
        let tenant = try scene.tenant()
        let conflict = try #require(try await tenant.conflictDetails(limit: 10).first)
        let made = try await tenant.resolve(
            conflict.id, .choice(1), operator: "eve", now: IntakeScene.now)
        #expect(try await tenant.conflictDetails(limit: 10).isEmpty)
        #expect(try await tenant.stock(.init(item: "A", place: "P"), limit: 1)[0].value == 90)

        let last = try #require(try await tenant.operations(after: 2, limit: 10).first)
        #expect(last.operation.id == made.id)
        #expect(last.operation.station == TenantStore.ownStation)
        #expect(last.operation.operator == "eve")
        #expect(last.operation.base == 2, "it saw both")
        #expect(tenant.position == 3, "stations that wait are woken")
        let slice = try await tenant.feed(after: 2, limit: 10, for: "st-1", held: nil)
        #expect(slice?.runs.first?.station == TenantStore.ownStation)
        await #expect(throws: (any Error).self) {
            try await tenant.resolve(conflict.id, .choice(1), operator: "", now: 1)
        }
    }

    /// A hub that was put back must give no number twice.
    @Test func eachProcessHasAnIncarnationOfItsOwn() async throws {
        try await countTwice()
        let first = try await scene.tenant().conflictDetails(limit: 1)[0].id
        let one = try await scene.tenant().resolve(
            first, .choice(1), operator: "", now: IntakeScene.now)
        try scene.restart()
        var life = ScriptedLife(3)
        life.make(.adjust(Self.key, delta: -1000), base: 3)
        _ = try await scene.take([life.run(1...1)], from: "st-3")
        let second = try await scene.tenant().conflictDetails(limit: 1)[0].id
        let two = try await scene.tenant().resolve(
            second, .choice(1), operator: "", now: IntakeScene.now)
        #expect(one.id.incarnation != two.id.incarnation)
        #expect(two.id.sequence == 1)
    }
}
