import Replication
import StationStorage
import SwiftProtobuf
import SyncProtocol

/// Operations ready to be sent, and how far they go.
struct Batch: Sendable {
    let body: HubBody
    let count: Int
    /// Of each incarnation, the last operation that is in here or was sent before.
    let ends: [Incarnation: UInt64]
    private let runs: [(incarnation: Incarnation, sequences: ClosedRange<UInt64>)]

    /// nil: nothing waits beyond `sent`.
    init?(_ runs: [Run], beyond sent: [Incarnation: UInt64]) throws {
        self.runs = runs.compactMap { run in
            guard let first = run.operations.first?.operation.id,
                let last = run.operations.last?.operation.id
            else { return nil }
            return (run.incarnation, first.sequence...last.sequence)
        }
        guard !self.runs.isEmpty else { return nil }
        count = runs.reduce(0) { $0 + $1.operations.count }
        let own = self.runs.map { ($0.incarnation, $0.sequences.upperBound) }
        ends = sent.merging(own) { max($0, $1) }
        var request = WireOpsRequest()
        request.runs = try runs.map { run throws in try run.wire }
        body = try HubBody(request)
    }

    /// How far the hub holds what was sent; more than that it has of somebody else.
    func held(_ cursor: WireCursor) -> UInt64 {
        min(cursor.sequence, ends[Incarnation(rawValue: cursor.incarnation)] ?? 0)
    }

    enum Outcome { case all, some, nothing }

    /// How much of it the hub says to hold now.
    func outcome(_ cursors: [WireCursor]) -> Outcome {
        let held = Dictionary(
            cursors.map { (Incarnation(rawValue: $0.incarnation), $0.sequence) },
            uniquingKeysWith: max)
        if runs.allSatisfy({ held[$0.incarnation] ?? 0 >= $0.sequences.upperBound }) {
            return .all
        }
        let isBegun = runs.contains { held[$0.incarnation] ?? 0 >= $0.sequences.lowerBound }
        return isBegun ? .some : .nothing
    }
}
