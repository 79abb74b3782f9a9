import Crypto
import LedgerStore
import Replication
import SyncProtocol
import Testing

@testable import HubStorage

/// What people decided at the hub comes back from the stations that read it, and nothing else does.
@Suite struct GivenBackTests {
    let scene: IntakeScene

    init() throws {
        scene = try IntakeScene()
    }

    /// Three decisions that the hub has lost.
    private func lost() async throws -> Run {
        for (number, item) in zip(UInt64(1)..., ["A", "B", "C"]) {
            for station in [number, number + 10] {
                var life = ScriptedLife(station)
                let key = StockKey(item: ItemCode(item), place: "P")
                life.make(.count(key, quantity: Int64(station)))
                _ = try await scene.take([life.run(1...1)], from: StationCode("st-\(station)"))
            }
        }
        try scene.backUp()
        let tenant = try scene.tenant()
        for _ in 0..<3 {
            let conflict = try #require(try await tenant.conflictDetails(limit: 1).first)
            _ = try await tenant.resolve(
                conflict.id, .choice(1), operator: "eve", now: IntakeScene.now)
        }
        let made = try await tenant.operations(after: 6, limit: 10)
        try scene.putBack()
        return Run(
            incarnation: made[0].operation.id.incarnation, link: nil,
            operations: made.map { Run.Entry($0.operation, kindBytes: $0.kindBytes) },
            chain: made.last?.chain)
    }

    private func takeBack(_ run: Run) async throws -> Int {
        try await scene.tenant().takeBack([run], now: IntakeScene.now)
    }

    @Test func whatTheHubLostIsThereAgain() async throws {
        let run = try await lost()
        #expect(try await scene.tenant().conflictDetails(limit: 9).count == 3)
        #expect(try await takeBack(run) == 3)
        #expect(try await scene.tenant().conflictDetails(limit: 9).isEmpty)
        #expect(try await scene.feed().suffix(3) == run.operations.map(\.operation.id))
        #expect(try scene.tenant().position == 9)
    }

    @Test func aRepeatChangesNothing() async throws {
        let run = try await lost()
        var head = run
        head.operations.removeLast()
        #expect(try await takeBack(head) == 2)
        #expect(try await takeBack(run) == 1)
        #expect(try await takeBack(run) == 0)
        #expect(try await scene.feed().count == 9)
    }

    @Test func behindAGapNothingIsTaken() async throws {
        var run = try await lost()
        run.operations.removeFirst()
        #expect(try await takeBack(run) == 0)
    }

    @Test(arguments: 0..<4)
    func whatTheHubNeverSaidIsPassedOver(which: Int) async throws {
        var run = try await lost()
        var entry = run.operations[1]
        switch which {
        case 0: entry.operation.operator = "mallory"
        case 1: entry.operation.clock = HybridTime(rawValue: entry.operation.clock.rawValue + 1)
        case 2: entry.kindBytes = entry.operation.kindBytes
        default:
            let other = OperationSeal(key: .init(), tenant: "main")
            entry.kindBytes = try other.sealedBytes(
                of: entry.operation,
                after: OperationChain.next(
                    OperationChain.start, operation: run.operations[0].operation,
                    kindBytes: run.operations[0].kindBytes))
        }
        run.operations[1] = entry
        #expect(try await takeBack(run) == 1, "the one before it is good")
    }

    @Test func anotherTenantsDecisionsAreNotOurs() async throws {
        let run = try await lost()
        let other = try scene.tenant("other")
        #expect(try await other.takeBack([run], now: IntakeScene.now) == 0)
    }

    @Test func aStationsLifeIsNotTheHubs() async throws {
        _ = try await lost()
        var life = ScriptedLife(1)
        life.make(.adjust(StockKey(item: "A", place: "P"), delta: 1))
        life.make(.adjust(StockKey(item: "A", place: "P"), delta: 1))
        #expect(try await takeBack(life.run(1...2)) == 0)
    }
}
