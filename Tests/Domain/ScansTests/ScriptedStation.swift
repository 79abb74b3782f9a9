import Barcodes
import Replication
import Scans

/// A workflow that reads a script: words are codes, `%MODE:COUNT` and the like are commands,
/// `+30s` lets time pass, `tick` ticks. Keeps every operation with its id.
struct ScriptedStation {
    var workflow: Workflow
    var operations: [(id: OperationID, kind: OperationKind)] = []
    var outcomes: [WorkflowOutcome] = []
    var kept = KeptBatches()
    var microseconds: Int64 = 0
    var incarnation = Incarnation(rawValue: 7)

    init(_ settings: WorkflowSettings = .init(), state: WorkflowState = .init()) {
        workflow = Workflow(settings: settings, state: state)
    }

    var nextOperation: OperationID {
        OperationID(incarnation: incarnation, sequence: UInt64(operations.count) + 1)
    }

    var time: CaptureTime {
        CaptureTime(wallMicroseconds: microseconds, monotonicMicroseconds: microseconds)
    }

    mutating func run(_ script: String) {
        for word in script.split(separator: " ") {
            if word.hasPrefix("+"), let seconds = Int64(word.dropFirst().dropLast()) {
                microseconds += seconds * 1_000_000
            } else if word == "tick" {
                apply(.tick)
            } else {
                read(word.hasPrefix("%") ? "%SS:" + word.dropFirst() : String(word))
            }
        }
    }

    mutating func read(_ text: String, by device: DeviceName = "scanner") {
        let capture = Capture(device: device, payload: .keystrokes(text), time: time)
        if case .scan(let scan) = Interpreter().interpret(capture) {
            apply(.scan(scan, from: device))
        }
    }

    @discardableResult
    mutating func apply(_ input: WorkflowInput) -> WorkflowOutcome {
        let first = nextOperation
        let outcome = workflow.apply(input, at: time, nextOperation: first)
        for kind in outcome.operations { operations.append((nextOperation, kind)) }
        outcomes.append(outcome)
        kept.take(outcome, workflow.state)
        return outcome
    }

    /// What stock and batches say now, by the fold that station and hub share.
    var inventory: InventoryState {
        var inventory = Inventory()
        for (offset, entry) in operations.enumerated() {
            let operation = Operation(
                id: entry.id, station: "S", clock: HybridTime(rawValue: Int64(offset)), base: 0,
                kind: entry.kind)
            inventory.merge(
                RankedOperation(operation, Standing(position: nil, rank: Int64(offset) + 1)))
        }
        return inventory.state
    }

    /// Goods on our shelves that are not none.
    var stock: [String: Int64] {
        let own = inventory.quantities.filter { $0.key.place != .outside && $0.value != 0 }
        return Dictionary(
            uniqueKeysWithValues: own.map { ("\($0.key.item)@\($0.key.place)", $0.value) })
    }

    /// What was said of stock, in short: `A@DOCK+1`, `A@DOCK=3`, `A@DOCK>B:3`, `undo 2`.
    var facts: String {
        operations.compactMap { _, kind in
            switch kind {
            case .adjust(let key, let delta):
                "\(key.item)@\(key.place)\(delta < 0 ? "" : "+")\(delta)"
            case .count(let key, let quantity): "\(key.item)@\(key.place)=\(quantity)"
            case .move(let key, let to, let quantity): "\(key.item)@\(key.place)>\(to):\(quantity)"
            case .serial(let serial, let place): "\(serial)@\(place)"
            case .undo(let id, let level): "undo \(id.sequence)" + (level == 2 ? "" : " \(level)")
            default: nil
            }
        }.joined(separator: " ")
    }

    var signals: [String] {
        outcomes.compactMap { $0.feedback.map { $0.code ?? $0.signal.rawValue } }
    }

    /// The last word to the operator.
    var message: String? { outcomes.last?.feedback?.message }
}
