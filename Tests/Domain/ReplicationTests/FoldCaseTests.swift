import Foundation
import Replication
import ReplicationTesting
import ScanTesting
import Testing

@Suite struct FoldCaseTests {
    static let cases: [FoldCase] = {
        let data = Bundle.module.resourceURL?.appendingPathComponent("Data")
        let files = ["examples.jsonl", "cases.jsonl"].compactMap {
            data?.appendingPathComponent($0)
        }
        return files.flatMap { (try? FoldCase.all(in: $0)) ?? [] }
    }()

    @Test func isThere() {
        #expect(FoldCaseTests.cases.count == 71)
    }

    @Test(arguments: cases)
    func foldsToWhatTheModelSaysInEveryOrder(_ fold: FoldCase) {
        var orders = [fold.operations, fold.operations.reversed()]
        for seed in UInt64(0)..<10 { orders.append(fold.operations.shuffled(seed: seed)) }

        for order in orders {
            var inventory = Inventory(lineage: fold.lineage, ordered: fold.ordered)
            for ranked in order { inventory.merge(ranked) }
            var state = inventory.state
            state.recounts = [:]  // The model doesn't tell them.
            #expect(state == fold.expected)
        }
    }

    @Test(arguments: cases)
    func agreesWithTheDefinition(_ fold: FoldCase) {
        let definition = InventoryDefinition(
            fold.operations, lineage: fold.lineage, ordered: fold.ordered)
        var inventory = Inventory(lineage: fold.lineage, ordered: fold.ordered)
        for ranked in fold.operations { inventory.merge(ranked) }
        #expect(inventory.state == definition.state)
    }
}
