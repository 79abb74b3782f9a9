import Replication
import SyncProtocol
import Testing

@testable import StationStorage

@Suite struct FeedTests {
    let scene: StoreScene
    let store: StationStore
    let life = Life(random: 1)
    let other = Incarnation(rawValue: 50)

    init() throws {
        scene = try StoreScene()
        store = try scene.open()
    }

    private func theirs(_ positions: ClosedRange<UInt64>, delta: Int64 = 10) -> FeedRun {
        FeedRun(
            station: "S-2", incarnation: other, link: nil,
            entries: positions.map { position in
                let kind = OperationKind.adjust(StockKey(item: "A", place: "DOCK"), delta: delta)
                let operation = Operation(
                    id: OperationID(incarnation: other, sequence: position), station: "S-2",
                    clock: HybridTime(rawValue: Int64(position)), base: 0, device: "", operator: "",
                    kind: kind)
                return .init(
                    id: operation.id, standing: Standing(position: position, rank: 9_000_000),
                    refusal: nil, content: Run.Entry(operation, kindBytes: kind.kindBytes))
            })
    }

    private func ours(_ id: OperationID, at position: UInt64, _ refusal: Refusal?) -> FeedRun {
        FeedRun(
            station: "unenrolled", incarnation: id.incarnation, link: nil,
            entries: [
                .init(
                    id: id,
                    standing: Standing(
                        position: position, rank: 100, isRefused: refusal != nil),
                    refusal: refusal, content: nil)
            ])
    }

    private func apply(_ run: FeedRun) throws {
        try store.write { try $0.apply(run, wallMicroseconds: 5) }
    }

    @Test func whatOthersDidCountsOnce() throws {
        try store.append(1, life)
        try apply(theirs(1...3))
        try apply(theirs(1...3))
        try apply(theirs(2...4))
        #expect(try store.balance(of: "A") == 41)
        #expect(try store.read { try $0.feedPosition() } == 4)
    }

    @Test func laterOperationsSayThatTheySawTheFeed() throws {
        try apply(theirs(1...3))
        try store.append(1, life)
        let operation = try store.read { try $0.unsent(limit: 1) }.first?.operations.first
        #expect(operation?.operation.base == 3)
    }

    @Test func aRefusedOperationLosesItsEffectAndIsParked() throws {
        let ids = try store.append(2, life)
        let refusal = Refusal(code: "bad-item", message: "No such item.")
        try apply(ours(ids[0], at: 1, nil))
        try apply(ours(ids[1], at: 2, refusal))
        #expect(try store.balance(of: "A") == 1)
        let letters = try store.read { try $0.deadLetters(limit: 10) }
        #expect(letters.map(\.id) == [ids[1]])
        #expect(letters.map(\.refusal) == [refusal])
    }

    @Test func thePositionOnlyGrowsUnlessTheHubWasRestored() throws {
        try store.write { $0.advanceFeed(to: 8) }
        try store.write { $0.advanceFeed(to: 5) }
        #expect(try store.read { try $0.feedPosition() } == 8)
        try store.write { $0.rewindFeed(to: 9) }
        #expect(try store.read { try $0.feedPosition() } == 8)
        try store.write { $0.rewindFeed(to: 2) }
        #expect(try store.read { try $0.feedPosition() } == 2)
    }

    @Test func theFeedOfARestoredHubCanComeAgain() throws {
        try apply(theirs(1...3))
        try store.write { $0.rewindFeed(to: 0) }
        try apply(theirs(1...3))
        #expect(try store.balance(of: "A") == 30)
    }

    @Test func aStrangerCannotTakeOurLife() throws {
        try store.append(1, life)
        var run = theirs(1...1)
        run.incarnation = life.incarnation
        #expect(code { try apply(run) } == "incarnation-taken")
        #expect(try store.read { try $0.feedPosition() } == 0)
    }
}
