import Foundation
import Scans

/// What a store keeps of a workflow's batches when it follows the outcomes and nothing else.
struct KeptBatches {
    private(set) var lines: [BatchEntry] = []
    private var last: WorkflowBatch?

    mutating func take(_ outcome: WorkflowOutcome, _ state: WorkflowState) {
        for change in outcome.lines {
            switch change {
            case .begin: lines = []
            case .add(let entry): lines.append(entry)
            case .remove(let id): lines.removeAll { $0.line == id }
            }
        }
        if outcome.lastChanged { last = state.last }
    }

    /// The state after a restart: what is short as `state` has it, the batches as they were kept.
    func restored(like state: WorkflowState) throws -> WorkflowState {
        let stored = try JSONEncoder().encode(last)
        return WorkflowState(
            mode: state.mode, place: state.place, quantity: state.quantity, opened: state.opened,
            open: state.open.flatMap {
                WorkflowBatch(
                    code: $0.code, mode: $0.mode, place: $0.place, opened: $0.opened,
                    touched: $0.touched, lines: lines)
            }, last: try JSONDecoder().decode(WorkflowBatch?.self, from: stored),
            reads: state.reads)
    }
}
