import Foundation
import ReplicationTesting
import ScanTesting
import Testing

@testable import Replication

/// Rules that hold for every history. A failure prints its seed; `FOLD_SEED=n` runs that one
/// alone, `FOLD_SETS=n` sets how many are run in all.
@Suite struct InventoryPropertyTests {
    private static let workers = 4

    private static func number(_ name: String) -> UInt64? {
        ProcessInfo.processInfo.environment[name].flatMap { UInt64($0) }
    }

    @Test(arguments: 0..<workers)
    func holdsForEverySeed(worker: Int) {
        if let seed = Self.number("FOLD_SEED") {
            check(seed)
            return
        }
        let sets = Self.number("FOLD_SETS") ?? 100_000
        for seed in stride(from: UInt64(worker), to: sets, by: Self.workers) {
            guard check(seed) else { return }
        }
    }

    /// Most sets are small, where odd cases are dense; one in a hundred has up to 60 operations.
    @discardableResult
    private func check(_ seed: UInt64) -> Bool {
        let size = seed % 100 == 0 ? 12 + Int(seed / 100 % 49) : 2 + Int(seed % 11)
        let history = RandomHistory(seed: seed, size: size, leavesWaiting: true)
        let expected = InventoryDefinition(
            history.operations, lineage: history.lineage, ordered: history.ordered
        ).state

        let inOrder = fold(history.operations, history)
        let state = inOrder.state
        guard state == expected else {
            Issue.record("seed \(seed): not the definition: \(state) for \(expected)")
            return false
        }
        guard inOrder.cells.reduce(0, { $0 &+ $1.stock.total }) == 0 else {
            Issue.record("seed \(seed): postings don't sum to zero")
            return false
        }
        let shuffled = fold(history.shuffled(seed: seed), history)
        guard shuffled.state == expected else {
            Issue.record("seed \(seed): order or repetition matters: \(shuffled.state)")
            return false
        }
        return checkHalves(seed, history, expected)
    }

    private func checkHalves(
        _ seed: UInt64, _ history: RandomHistory, _ expected: InventoryState
    ) -> Bool {
        let operations = history.operations
        let cut = Int(seed % UInt64(operations.count + 1))
        var first = fold(Array(operations[cut...]), history)
        for ranked in operations[..<cut] { first.merge(ranked) }
        guard first.state == expected else {
            Issue.record("seed \(seed): the halves don't merge the other way round")
            return false
        }
        guard !operations.contains(where: { first.merge($0) }), first.state == expected else {
            Issue.record("seed \(seed): a repetition changed something")
            return false
        }
        return true
    }

    private func fold(_ operations: [RankedOperation], _ history: RandomHistory) -> Inventory {
        var inventory = Inventory(lineage: history.lineage, ordered: history.ordered)
        for ranked in operations { inventory.merge(ranked) }
        return inventory
    }

    /// The hub's rule: whoever saw an operation ranks above it.
    @Test(arguments: UInt64(0)..<200)
    func ranksFollowSight(seed: UInt64) {
        let history = RandomHistory(seed: seed, size: 30)
        let marks = history.feed.map { OperationMark($0) }
        for later in marks {
            for earlier in marks where earlier.id != later.id {
                guard history.lineage.saw(earlier, from: later) else { continue }
                #expect(earlier.rank < later.rank, "seed \(seed)")
            }
        }
    }
}
