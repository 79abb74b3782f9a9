import Batches
import Dialogues
import Replication
import ScanRules
import Scans
import StationStorage

/// What one transaction takes in.
struct IntakeRound {
    private(set) var workflow: Workflow
    /// The assignment that is worked on.
    var working: Working?
    /// What is asked after this round; nil: nothing, or what was asked before.
    var question: Question?
    /// What each device read last, while an assignment is worked on.
    var reads: [DeviceName: Capture]
    /// The expected list that scans are compared with.
    private(set) var checking: Checking?
    let life: Life
    private let interpreter: Interpreter
    private let rules: RuleSet
    private var isChanged = false
    private var isLastChanged = false
    /// Each batch as the last of its changes left it, and when that was.
    private var batches: [BatchCode: BatchRecord] = [:]

    init(
        workflow: Workflow, working: Working?, reads: [DeviceName: Capture], checking: Checking?,
        life: Life, interpreter: Interpreter, rules: RuleSet
    ) {
        self.workflow = workflow
        self.working = working
        self.reads = reads
        self.checking = checking
        self.life = life
        self.interpreter = interpreter
        self.rules = rules
    }

    mutating func take(
        _ entrance: Entrance, in transaction: inout StationTransaction
    ) throws -> IntakeReceipt {
        switch entrance.content {
        case .capture(let capture):
            return try take(
                capture, isRead: entrance.device != nil, operator: entrance.operator,
                in: &transaction)
        case .command(let command, let time):
            if let receipt = try answer(
                command, at: time, operator: entrance.operator, in: &transaction)
            {
                return receipt
            }
            let outcome = try apply(
                .command(command, from: nil), at: time,
                by: Author(operator: entrance.operator), in: &transaction)
            return try record(
                .init(command, at: time, operator: entrance.operator), outcome, in: transaction)
        case .order(let order, let time):
            return try carryOut(
                order, at: time, operator: entrance.operator, in: &transaction)
        }
    }

    /// What a code of that text would mean here; nil: nothing.
    func meaning(
        of text: String, at time: CaptureTime, in transaction: StationTransaction
    ) throws -> Meaning? {
        let capture = Capture(device: "", payload: .keystrokes(text), time: time)
        guard case .scan(let scan) = interpreter.interpret(capture) else { return nil }
        return try transaction.named(scan, at: time).meaning
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
        for batch in batches.values { try transaction.save(batch) }
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
        _ capture: Capture, isRead: Bool, operator: String, in transaction: inout StationTransaction
    ) throws -> IntakeReceipt {
        var record = IntakeRecord(capture, operator: `operator`)
        let interpretation = interpretation(of: capture)
        let scan = try interpretation.scan.map { try transaction.named($0, at: capture.time) }
        if let answered = try answer(capture, scan, operator: `operator`, in: &transaction) {
            if let scan, let read = interpretation.scan { record = record.with(scan, read: read) }
            return try self.record(record.answering(capture), answered, in: transaction)
        }
        switch interpretation {
        case .rejected(let rejection):
            return try self.record(
                record.with(rejection), Applied(outcome: WorkflowOutcome(rejection)),
                in: transaction)
        case .scan(let read):
            var scan = scan ?? read
            scan.isAlone = !isRead
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
        if let refused = try refusal(of: input, in: transaction) {
            return Applied(outcome: refused)
        }
        let list = workflow.state.context.list
        var outcome = workflow.apply(
            input, at: time, nextOperation: try transaction.nextOperation(of: life))
        let operations = try transaction.append(
            outcome.operations, life: life, by: author, wallMicroseconds: time.wallMicroseconds)
        for summary in outcome.batches {
            batches[summary.code] = BatchRecord(
                summary, wallMicroseconds: time.wallMicroseconds,
                list: batches[summary.code]?.list ?? list)
        }
        for change in outcome.lines { try transaction.keep(change) }
        isChanged = isChanged || outcome.stateChanged
        isLastChanged = isLastChanged || outcome.lastChanged
        try compare(&outcome, operations, of: input, at: time, in: transaction)
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

extension IntakeRound {
    /// nil: it can be carried out, as far as the store knows.
    private func refusal(
        of input: WorkflowInput, in transaction: StationTransaction
    ) throws -> WorkflowOutcome? {
        guard case .list(let code?) = input.command,
            try transaction.reader.expectedList(code) == nil
        else { return nil }
        let shown = PrintableText(code, limit: 40)
        return WorkflowOutcome(
            Rejection(
                code: "unknown-list", message: "There is no expected list '\(shown)'.",
                text: shown.description))
    }

    /// Says what the expected list thinks of a scan.
    private mutating func compare(
        _ outcome: inout WorkflowOutcome, _ operations: [OperationID], of input: WorkflowInput,
        at time: CaptureTime, in transaction: StationTransaction
    ) throws {
        let reading = BatchReading(
            rules: interpreter.rules, wallMicroseconds: time.wallMicroseconds)
        if case .list = input.command {
            // What this round did to batches must be read as well.
            for batch in batches.values { try transaction.save(batch) }
            checking = try Checking(
                workflow.state.context.list, in: transaction.reader, reading)
            return
        }
        var scan: Scan?
        if case .scan(let read, _) = input { scan = read }
        let remark = checking?.follow(outcome, operations, of: scan, year: reading.year)
        if let remark, let feedback = outcome.feedback {
            outcome.feedback = remark.added(to: feedback)
        }
    }
}

extension WorkflowInput {
    fileprivate var command: Command? {
        switch self {
        case .command(let command, _): command
        case .scan(let scan, _):
            if case .command(let command) = scan.meaning { command } else { nil }
        case .tick: nil
        }
    }
}

extension Interpretation {
    fileprivate var scan: Scan? {
        if case .scan(let scan) = self { scan } else { nil }
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
