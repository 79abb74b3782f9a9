import Foundation
import Replication
import ReplicationTesting
import ScanTesting

/// Cases whose outcome another model of the rules worked out.
enum FoldCases {
    static func wrongs(in files: [String]) throws -> [String] {
        try files.flatMap { try FoldCase.all(in: URL(filePath: $0)) }.flatMap { fold in
            (0..<4).compactMap { order in isRight(fold, order) ? nil : "case \(fold.name)" }
        }
    }

    private static func isRight(_ fold: FoldCase, _ order: UInt64) -> Bool {
        var inventory = Inventory(lineage: fold.lineage, ordered: fold.ordered)
        for ranked in fold.operations.shuffled(seed: order) { inventory.merge(ranked) }
        var state = inventory.state
        state.recounts = [:]
        return state == fold.expected
    }
}
