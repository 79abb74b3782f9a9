import Replication
import ScanRules
import Scans
import StationStorage

/// What one transaction takes in.
struct IntakeRound {
    private(set) var workflow: Workflow
    private let life: Life
    private let interpreter: Interpreter
    private let rules: RuleSet
    private var isChanged = false
    private var isLastChanged = false
    /// Each batch as the last of its changes left it, and when that was.
    private var batches: [BatchCode: (summary: BatchSummary, wallMicroseconds: Int64)] = [:]

    init(workflow: Workflow, life: Life, interpreter: Interpreter, rules: RuleSet) {
        self.workflow = workflow
        self.life = life
        self.interpreter = interpreter
        self.rules = rules
    }

    mutating func take(
        _ entrance: Entrance, in transaction: inout StationTransaction
    ) throws -> IntakeReceipt {
        switch entrance.content {
        case .capture(let capture):
            return try take(capture, operator: entrance.operator, in: &transaction)
        case .command(let command, let time):
            let outcome = try apply(
                .command(command, from: nil), at: time,
                by: Author(operator: entrance.operator), in: &transaction)
            return try record(
                .init(command, at: time, operator: entrance.operator), outcome, in: transaction)
        }
    }

    /// Ends a batch that nobody scanned into for a while.
    mutating func tick(
        at time: CaptureTime, in transaction: inout StationTransaction
    ) throws {
        let outcome = try apply(.tick, at: time, by: Author(), in: &transaction)
        guard outcome.outcome.feedback != nil else { return }
        _ = try record(.init(quietGapAt: time), outcome, in: transaction)
    }

    /// Writes what is written once a transaction, however much came in.
    func finish(in transaction: inout StationTransaction) throws {
        for batch in batches.values {
            try transaction.save(
                BatchRecord(batch.summary, wallMicroseconds: batch.wallMicroseconds))
        }
        if isChanged { try transaction.saveWorkflow(workflow.state) }
        if isLastChanged, let last = workflow.state.last { try transaction.saveLastBatch(last) }
    }
}

extension IntakeRound {
    /// What the workflow made of an input, and the operations that came of it.
    private struct Applied {
        var outcome: WorkflowOutcome
        var operations: [OperationID] = []
    }

    private mutating func take(
        _ capture: Capture, operator: String, in transaction: inout StationTransaction
    ) throws -> IntakeReceipt {
        let record = IntakeRecord(capture, operator: `operator`)
        switch interpretation(of: capture) {
        case .rejected(let rejection):
            return try self.record(
                record.with(rejection), Applied(outcome: WorkflowOutcome(rejection)),
                in: transaction)
        case .scan(let read):
            let scan = try transaction.named(read, at: capture.time)
            let author = Author(device: capture.device.rawValue, operator: `operator`)
            var applied = try apply(
                .scan(scan, from: capture.device), at: capture.time, by: author,
                in: &transaction)
            if let subject = applied.outcome.lookUp {
                applied.outcome.feedback = try LookUp(subject, in: transaction).feedback
            }
            return try self.record(record.with(scan, read: read), applied, in: transaction)
        }
    }

    /// By the rules first, then by what is left.
    private func interpretation(of capture: Capture) -> Interpretation {
        switch rules.apply(to: capture, reading: interpreter.rules).outcome {
        case .rejected(let rejection): .rejected(rejection)
        case .capture(let capture): interpreter.interpret(capture)
        }
    }

    private mutating func apply(
        _ input: WorkflowInput, at time: CaptureTime, by author: Author,
        in transaction: inout StationTransaction
    ) throws -> Applied {
        let outcome = workflow.apply(
            input, at: time, nextOperation: try transaction.nextOperation(of: life))
        let operations = try transaction.append(
            outcome.operations, life: life, by: author, wallMicroseconds: time.wallMicroseconds)
        for summary in outcome.batches {
            batches[summary.code] = (summary, time.wallMicroseconds)
        }
        for change in outcome.lines { try transaction.keep(change) }
        isChanged = isChanged || outcome.stateChanged
        isLastChanged = isLastChanged || outcome.lastChanged
        return Applied(outcome: outcome, operations: operations)
    }

    private func record(
        _ record: IntakeRecord, _ applied: Applied, in transaction: StationTransaction
    ) throws -> IntakeReceipt {
        let outcome = applied.outcome
        let feedback = outcome.feedback ?? Feedback(.done, message: "Nothing to do.")
        var record = record
        record.decision = outcome.decision.rawValue
        record.signal = feedback.signal.rawValue
        record.code = feedback.code ?? ""
        record.message = feedback.message
        record.batch = outcome.batches.last?.code.rawValue ?? ""
        record.operations = applied.operations
        return IntakeReceipt(sequence: try transaction.record(record), feedback: feedback)
    }
}

extension WorkflowOutcome {
    /// A code that means nothing reaches no workflow; what is kept says why.
    fileprivate init(_ rejection: Rejection) {
        self.init(
            feedback: Feedback(.error, code: rejection.code, message: rejection.message),
            decision: .refused)
    }
}
