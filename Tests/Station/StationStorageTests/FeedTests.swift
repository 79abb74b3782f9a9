import LedgerStore
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

    /// Of ours, whole, as the hub has it.
    private func whole(
        _ sequence: UInt64, at position: UInt64, _ refusal: Refusal? = nil, item: ItemCode = "A"
    ) -> FeedRun {
        let kind = OperationKind.adjust(StockKey(item: item, place: "DOCK"), delta: 7)
        let id = OperationID(incarnation: life.incarnation, sequence: sequence)
        let operation = Operation(
            id: id, station: "unenrolled", clock: HybridTime(rawValue: 9_000_000), base: 0,
            kind: kind)
        return FeedRun(
            station: "unenrolled", incarnation: life.incarnation, link: nil,
            entries: [
                .init(
                    id: id,
                    standing: Standing(
                        position: position, rank: 9_000_000, isRefused: refusal != nil),
                    refusal: refusal,
                    content: Run.Entry(operation, kindBytes: kind.kindBytes))
            ])
    }

    /// The machine was put back with its memory, and its program goes on.
    @Test func aLifeGoesOnAfterWhatItLost() throws {
        try store.append(2, life)
        try store.write { try $0.acknowledge(life.incarnation, upTo: 2, wallMicroseconds: 1) }
        try apply(whole(3, at: 3))
        try apply(whole(4, at: 4))

        let ids = try store.append(1, life)

        #expect(ids.map(\.sequence) == [5])
        #expect(try store.balance(of: "A") == 2 + 14 + 1)
        try expectWholeChain(waiting: [5])
    }

    /// So was this one, before its program had made anything in the life that it had begun.
    @Test func aLifeGoesOnThatHadMadeNothingHere() throws {
        let refusal = Refusal(code: "bad-item", message: "No such item.")
        try apply(whole(1, at: 1))
        try apply(whole(2, at: 2, refusal))

        let ids = try store.append(1, life)

        #expect(ids.map(\.sequence) == [3])
        #expect(try store.balance(of: "A") == 7 + 1)
        #expect(try store.read { try $0.deadLetters(limit: 9) }.map(\.id.sequence) == [2])
        try expectWholeChain(waiting: [3])
    }

    /// Nothing is known of it until then: what waits may be another operation than the hub's.
    @Test func aLifeGoesOnOnceTheHubHasWhatWaited() throws {
        try store.append(1, life)
        try apply(whole(2, at: 2))
        try apply(whole(3, at: 3))
        #expect(code { try store.append(1, life) } == "store-damaged")

        try store.write { try $0.acknowledge(life.incarnation, upTo: 1, wallMicroseconds: 1) }

        #expect(try store.append(1, life).map(\.sequence) == [4])
        try expectWholeChain(waiting: [4])
    }

    private func expectWholeChain(waiting sequences: [UInt64]) throws {
        let run = try #require(try store.read { try $0.unsent(limit: 9) }.first)
        #expect(run.operations.map(\.operation.id.sequence) == sequences)
        let all = try store.read { reader in
            try reader.ledger {
                try $0.operations(of: life.incarnation, after: 0, limit: 9, in: $1)
            }
        }
        let chain = all.reduce(OperationChain.start) { chain, logged in
            OperationChain.next(
                chain, operation: logged.operation, kindBytes: logged.kindBytes)
        }
        #expect(run.chain == chain)
    }

    /// No scan is taken and then dropped because its number is another's.
    @Test func aNumberThatIsTakenIsAnError() throws {
        try store.append(1, life)
        try apply(whole(3, at: 2))
        try store.append(1, life)
        #expect(code { try store.append(1, life) } == "store-damaged")
        #expect(try store.balance(of: "A") == 2 + 7)
    }

    /// What the hub says of a copy's operation says nothing of ours with the same number.
    @Test func ourOperationIsNotTakenForThatOfACopy() throws {
        let ids = try store.append(1, life)
        try apply(whole(1, at: 1, item: "B"))
        let ours = try store.read { reader in
            try reader.ledger { try $0.operation(ids[0], in: $1) }
        }
        #expect(ours?.standing.position == nil)
        #expect(try store.read { try $0.unsent(limit: 9) }.count == 1)
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

    /// A copy of that station was faster at the hub that was put back.
    @Test func whatIsAnotherAtARestoredHubIsAnotherHere() throws {
        try apply(theirs(1...3))
        try store.write { $0.rewindFeed(to: 0) }
        try apply(theirs(1...2, delta: 7))
        // The third followed on what that hub lost.
        #expect(try store.balance(of: "A") == 7 + 7)
        #expect(try store.rebuild(changesNothing: true).isEmpty)
    }

    @Test func aStrangerCannotTakeOurLife() throws {
        try store.append(1, life)
        var run = theirs(1...1)
        run.incarnation = life.incarnation
        #expect(code { try apply(run) } == "incarnation-taken")
        #expect(try store.read { try $0.feedPosition() } == 0)
    }
}
