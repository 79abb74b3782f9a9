import Dialogues
import Dispatch
import Logging
import ScanRules
import Scans
import StationStorage

/// What the intake's thread does, round by round.
struct IntakeLoop: Sendable {
    /// How much becomes one transaction.
    static let roundLimit = 128
    /// How long the end of a quiet batch waits after the store failed to take it.
    static let pauseMicroseconds: Int64 = 1_000_000
    /// Sleeps no longer than this at a time.
    static let sleepLimitMicroseconds: Int64 = 3_600_000_000

    let store: StationStore
    let life: Life
    private let settings: StandingSettings
    private var interpreter: Interpreter
    private var rules: RuleSet
    let clock: @Sendable () -> CaptureTime
    let meter: IntakeMeter
    let stored: @Sendable () -> Void
    let mailbox: Mailbox<Entrance>
    let standing: StandingWorkflow
    let asked: @Sendable (Question?) -> Void
    private var faults: FaultLog
    private var workflow: Workflow
    private var working: Working?
    private var reads: [DeviceName: Capture] = [:]
    private var checking: Checking?
    /// Asked once the answers before it were given: what became of a scan is heard first.
    private var question: Question?
    private var isToldOfQuestion = true
    /// The store failed to take a tick: not before this time of the monotonic clock again.
    private var nextTick = Int64.min

    init(
        store: StationStore, life: Life, settings: StandingSettings,
        clock: @escaping @Sendable () -> CaptureTime, meter: IntakeMeter,
        stored: @escaping @Sendable () -> Void,
        asked: @escaping @Sendable (Question?) -> Void, log: Logger,
        mailbox: Mailbox<Entrance>, standing: StandingWorkflow, checking: Checking?
    ) {
        self.checking = checking
        self.store = store
        self.life = life
        self.settings = settings
        interpreter = Interpreter(rules: settings.value.rules)
        rules = settings.value.scanRules
        self.clock = clock
        self.meter = meter
        self.stored = stored
        self.mailbox = mailbox
        self.standing = standing
        self.asked = asked
        faults = FaultLog(log)
        workflow = standing.workflow
        working = standing.working
    }

    /// They may have been read anew since the last round.
    private mutating func adoptSettings() {
        let settings = settings.value
        interpreter = Interpreter(rules: settings.rules)
        rules = settings.scanRules
        guard settings.workflow != workflow.settings else { return }
        workflow = Workflow(settings: settings.workflow, state: workflow.state)
    }

    mutating func run() {
        if let dialogue = working?.dialogue {
            asked(Question(dialogue.prompt, dialogue, isOld: true))
        }
        // The batch that was left open may be from another boot, whose clock ran apart.
        if workflow.nextDeadlineMicroseconds != nil { tick(at: clock()) }
        while true {
            let taken = mailbox.take(limit: Self.roundLimit, until: deadline)
            adoptSettings()
            switch taken {
            case .elements(let entrances): take(entrances)
            case .nothing: tickIfDue()
            case .closed: return
            }
        }
    }

    private var deadline: DispatchTime {
        guard let due = dueMicroseconds else { return .distantFuture }
        let wait = min(max(0, due - clock().monotonicMicroseconds), Self.sleepLimitMicroseconds)
        return .now() + .microseconds(Int(wait))
    }

    private var dueMicroseconds: Int64? {
        workflow.nextDeadlineMicroseconds.map { max($0, nextTick) }
    }

    private mutating func take(_ entrances: [Entrance]) {
        do {
            let receipts = try commit { round, transaction in
                try entrances.map { try round.take($0, in: &transaction) }
            }
            for (entrance, receipt) in zip(entrances, receipts) {
                entrance.answer(receipt)
                meter.note(receipt, of: entrance)
            }
            stored()
            ask()
        } catch {
            fail(entrances, with: error)
        }
    }

    private mutating func ask() {
        guard !isToldOfQuestion else { return }
        isToldOfQuestion = true
        asked(question)
    }

    /// One capture that can't be stored must not keep its neighbours out: they go one by one.
    private mutating func fail(_ entrances: [Entrance], with error: any Error) {
        let isStoreWide = (error as? StoreError)?.concernsEveryWrite ?? false
        if entrances.count > 1, !isStoreWide {
            for entrance in entrances { take([entrance]) }
            return
        }
        faults.note(error)
        let receipt = IntakeReceipt(sequence: nil, feedback: Feedback(notStored: error))
        for entrance in entrances {
            entrance.answer(receipt)
            meter.note(receipt, of: entrance)
        }
    }

    private mutating func tickIfDue() {
        let time = clock()
        guard let due = dueMicroseconds, due <= time.monotonicMicroseconds else { return }
        tick(at: time)
    }

    private mutating func tick(at time: CaptureTime) {
        do {
            try commit { round, transaction in try round.tick(at: time, in: &transaction) }
            stored()
        } catch {
            nextTick = time.monotonicMicroseconds + Self.pauseMicroseconds
            faults.note(error)
        }
    }

    /// The workflow moves on only when what it did is durable.
    private mutating func commit<T>(
        _ body: (inout IntakeRound, inout StationTransaction) throws -> T
    ) throws -> T {
        var round = IntakeRound(
            workflow: workflow, working: working, reads: reads, checking: checking, life: life,
            interpreter: interpreter, rules: rules)
        let started = ContinuousClock.now
        let result = try store.write { transaction in
            let result = try body(&round, &transaction)
            try round.finish(in: &transaction)
            return result
        }
        meter.committed(ContinuousClock.now - started)
        let wasWorking = working != nil
        (workflow, working, reads) = (round.workflow, round.working, round.reads)
        checking = round.checking
        standing.set(workflow, working)
        faults.clear()
        if round.question != nil || wasWorking && working == nil {
            (question, isToldOfQuestion) = (round.question, false)
        }
        return result
    }
}
