import Replication
import SyncProtocol
import Testing

@testable import StationStorage

@Suite struct LifeTests {
    let scene: StoreScene

    init() throws {
        scene = try StoreScene()
    }

    @Test func aLifeIsUnknownUntilItsFirstOperation() throws {
        let store = try scene.open()
        let life = Life(random: 7)
        let next = try store.write { try $0.nextOperation(of: life) }
        #expect(next == OperationID(incarnation: life.incarnation, sequence: 1))
        try store.write { _ = try $0.append([], life: life, by: Author(), wallMicroseconds: 1) }
        #expect(try store.read { try $0.lives() } == [])

        try store.append(2, life)
        let lives = try store.read { try $0.lives() }
        #expect(lives.map(\.incarnation) == [life.incarnation])
        #expect(lives[0].link == nil)
        #expect(lives[0].lastSequence == 2)
    }

    @Test func zeroIsNoIncarnation() {
        #expect(Life(random: 0).incarnation.rawValue == 1)
    }

    @Test func aRestartGrowsOutOfTheLastLifeThatMadeSomething() throws {
        let store = try scene.open()
        let (first, silent, second) = (Life(random: 1), Life(random: 2), Life(random: .max))
        try store.append(3, first)
        _ = try store.write { try $0.nextOperation(of: silent) }
        let ids = try store.append(2, second)

        #expect(ids.map(\.sequence) == [1, 2])
        let lives = try store.read { try $0.lives() }
        #expect(lives.map(\.incarnation) == [first.incarnation, second.incarnation])
        #expect(lives[1].link == IncarnationLink(parent: first.incarnation, sequence: 3))
    }

    @Test func twoCopiesOfACardGrowApart() throws {
        let store = try scene.open()
        try store.append(3, Life(random: 1))
        let copyScene = try scene.copied(from: store)
        try store.append(4, Life(random: 1))
        let copy = try copyScene.open()
        let ids = try copy.append(1, Life(random: 2))

        #expect(ids == [OperationID(incarnation: Incarnation(rawValue: 2), sequence: 1)])
        let lives = try copy.read { try $0.lives() }
        #expect(lives[1].link == IncarnationLink(parent: Incarnation(rawValue: 1), sequence: 3))
        #expect(try store.read { try $0.lives().map(\.lastSequence) } == [7])
    }

    @Test func clocksOfOperationsNeverRunBackwards() throws {
        let store = try scene.open()
        try store.append(2, Life(random: 1), at: 5_000)
        try store.append(2, Life(random: 2), at: 1_000)
        let clocks = try store.read { try $0.unsent(limit: 10) }
            .flatMap { $0.operations.map(\.operation.clock.rawValue) }
        #expect(clocks == [5_000, 5_001, 5_002, 5_003])
    }

    /// Whoever reads a run can check that nothing is missing from it.
    @Test func theChainRunsOverAllOperationsOfALife() throws {
        let store = try scene.open()
        let life = Life(random: 1)
        for count in 1...3 { try store.append(count, life) }
        let run = try #require(try store.read { try $0.unsent(limit: 100) }.first)
        let chain = run.operations.reduce(OperationChain.start) { chain, entry in
            OperationChain.next(chain, operation: entry.operation, kindBytes: entry.kindBytes)
        }
        #expect(run.operations.map(\.operation.id.sequence) == Array(1...6))
        #expect(run.chain == chain)
    }

    @Test func livesMayTakeTurnsInOneTransaction() throws {
        let store = try scene.open()
        let kind = OperationKind.adjust(StockKey(item: "A", place: "DOCK"), delta: 1)
        try store.write { transaction in
            for life in [Life(random: 1), Life(random: 2), Life(random: 1)] {
                try transaction.append([kind], life: life, by: Author(), wallMicroseconds: 1)
            }
        }
        #expect(try store.read { try $0.lives().map(\.lastSequence) } == [2, 1])
        #expect(try store.balance(of: "A") == 3)
    }
}
