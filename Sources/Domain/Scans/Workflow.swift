public import Replication

/// What scans and commands do: modes, context, quantity, batches and undo.
///
/// Pure: no clock, no randomness, no I/O. One input gives one outcome; what is refused leaves the
/// state as it was, but for a batch whose quiet gap had passed by then.
/// - receive: an item is an `adjust` at the place, at once.
/// - count: lines add up; closing the batch makes one `count` for each item.
/// - move: lines gather at the place they leave; naming the destination makes one `move` for each
///   item and closes the batch. Until then it can't be closed, only cancelled. The place stays
///   the one the goods came from.
/// - look-up: no operations; the outcome says what to look up.
///
/// What is scanned after a logistic unit lies in it, and so does what was read in one burst with it.
///
/// Codes of refusals: `nothing-to-undo`, `unknown-line`, `no-batch`, `no-destination`,
/// `same-place`, `bad-place`, `bad-quantity`, `serial-quantity`, `batch-full`, `in-look-up`,
/// `no-unit`, `units-too-deep`, `unknown-profile`; `repeat` for a read that the repeat policy
/// ignores, and `repeat-asked` for one that it asks about.
public struct Workflow: Sendable {
    /// How many lines one batch can have, and so how far back undo reaches in it.
    public static let batchLineLimit = 1000
    /// How many logistic units may stand one in another.
    public static let unitDepthLimit = 8

    public let settings: WorkflowSettings
    public internal(set) var state: WorkflowState
    var burst = Burst()

    public init(settings: WorkflowSettings = .init(), state: WorkflowState = .init()) {
        self.settings = settings
        self.state = state
    }

    /// The context: what the next item is received at, counted at or taken from.
    public var place: PlaceCode {
        state.open?.place ?? state.place ?? settings.defaultPlace
    }

    /// When to send the next `.tick`, by the monotonic clock; nil: nothing waits for time.
    public var nextDeadlineMicroseconds: Int64? {
        guard let open = state.open, !open.awaitsDestination, let gap = rules.quietGap else {
            return nil
        }
        return open.touched.monotonicMicroseconds.addingSaturated(gap.microseconds)
    }

    /// `operations[i]` of the outcome is to get the sequence of `nextOperation` plus i.
    public mutating func apply(
        _ input: WorkflowInput, at time: CaptureTime, nextOperation: OperationID
    ) -> WorkflowOutcome {
        let before = state
        var step = WorkflowStep(at: time, first: nextOperation)
        closeQuietBatch(in: &step)
        let (settledState, settledStep, settledBurst) = (state, step, burst)
        do {
            try carryOut(input, in: &step)
        } catch {
            (state, step, burst) = (settledState, settledStep, settledBurst)
            step.refuse(error)
        }
        return step.finish(
            stateChanged: state != before, lastChanged: state.last != before.last)
    }

    private mutating func carryOut(
        _ input: WorkflowInput, in step: inout WorkflowStep
    ) throws(WorkflowRefusal) {
        switch input {
        case .tick: return
        case .scan(let scan, let device):
            burst.note(device, at: step.time, gap: scan.isAlone ? nil : settings.burst)
            try take(scan, from: device, in: &step)
        case .command(let command, _): try carryOut(command, in: &step)
        }
        state.open?.touched = step.time
    }

    /// A batch left alone for the quiet gap has ended, whether or not a tick came in time.
    private mutating func closeQuietBatch(in step: inout WorkflowStep) {
        guard let open = state.open, !open.awaitsDestination, let gap = rules.quietGap else {
            return
        }
        if step.time.microseconds(since: open.touched) >= gap.microseconds {
            let closed = closeBatch(in: &step)
            state.context.leaveUnits()
            step.say(.batch, "Batch closed after a quiet time: \(closed.contents).")
        } else if step.time.monotonicMicroseconds < open.touched.monotonicMicroseconds {
            state.open?.touched = step.time  // Another boot, with a clock that began again.
        }
    }
}

extension CaptureTime {
    /// By the monotonic clock; by the wall clock across a boot, and never negative.
    func microseconds(since earlier: CaptureTime) -> Int64 {
        let elapsed = monotonicMicroseconds.subtractingSaturated(earlier.monotonicMicroseconds)
        guard elapsed < 0 else { return elapsed }
        return max(0, wallMicroseconds.subtractingSaturated(earlier.wallMicroseconds))
    }
}

extension Int64 {
    func addingSaturated(_ other: Int64) -> Int64 {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? (other < 0 ? .min : .max) : sum
    }

    func subtractingSaturated(_ other: Int64) -> Int64 {
        let (difference, overflow) = subtractingReportingOverflow(other)
        return overflow ? (other < 0 ? .max : .min) : difference
    }
}

extension Duration {
    /// Whole microseconds, as many as fit.
    var microseconds: Int64 {
        let (whole, overflow) = components.seconds.multipliedReportingOverflow(by: 1_000_000)
        guard !overflow else { return components.seconds < 0 ? .min : .max }
        return whole.addingSaturated(components.attoseconds / 1_000_000_000_000)
    }
}
