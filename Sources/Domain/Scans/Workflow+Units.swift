import Replication

extension Workflow {
    /// A unit's label: what is scanned from now on lies in it.
    ///
    /// It stands beside the unit before it, or in it after `UNIT:IN`. Scanned again, it goes on
    /// being filled.
    mutating func takeUnit(
        _ unit: SerialCode, of scan: Scan, from device: DeviceName, in step: inout WorkflowStep
    ) throws(WorkflowRefusal) {
        if let index = state.context.units.firstIndex(of: unit), isInBatch(unit) {
            state.context.units.removeSubrange((index + 1)...)
            state.context.isNesting = false
            return step.say(.done, "Back in unit \(unit.rawValue.shown).")
        }
        let context = state.context
        let around = context.isNesting ? context.units : Array(context.units.dropLast())
        guard around.count < Self.unitDepthLimit else { throw .unitsTooDeep(unit) }
        let goods = burst.goods(before: step.time, device: device, in: state.open)
        if isInBatch(unit) {
            step.say(.done, "Back in unit \(unit.rawValue.shown).")
        } else {
            state.context.units = around
            try add(.serial(unit), of: scan, in: &step)
        }
        // A full batch has closed, and the unit goes on in the next.
        state.context.units = around + [unit]
        state.context.isNesting = false
        try regroup(goods, into: unit, in: &step)
    }

    private func isInBatch(_ unit: SerialCode) -> Bool {
        state.open?.tally(of: .serial(unit)) != nil
    }

    /// Goods that were read together with the unit's label, but before it, lie in the unit.
    private mutating func regroup(
        _ goods: [Burst.Line], into unit: SerialCode, in step: inout WorkflowStep
    ) throws(WorkflowRefusal) {
        guard !goods.isEmpty, let feedback = step.outcome.feedback else { return }
        for line in goods {
            guard let index = state.open?.index(of: line.id) else { continue }
            undo(index, of: \.open, in: &step)
            add(line.read, unit: unit, in: &step)
        }
        burst.forgetGoods()
        let lines = goods.count == 1 ? "1 line" : "\(goods.count) lines"
        step.say(feedback.signal, code: feedback.code, "\(feedback.message) With \(lines) in it.")
    }

    mutating func carryOut(
        _ unitStep: UnitStep, in step: inout WorkflowStep
    ) throws(WorkflowRefusal) {
        guard let unit = state.context.units.last else { throw .noUnit }
        switch unitStep {
        case .into:
            state.context.isNesting = true
            step.say(.done, "The next unit goes into \(unit.rawValue.shown).")
        case .out:
            state.context.units.removeLast()
            state.context.isNesting = false
            step.say(
                .done,
                state.context.units.last.map { "Back in unit \($0.rawValue.shown)." }
                    ?? "Out of unit \(unit.rawValue.shown).")
        }
    }

    /// A unit whose label is taken back is filled no longer.
    mutating func leave(_ subject: BatchSubject) {
        guard case .serial(let unit) = subject,
            let index = state.context.units.firstIndex(of: unit)
        else { return }
        state.context.units.removeSubrange(index...)
        state.context.isNesting = false
    }
}

/// What one device read together: the codes of one picture, or of a moment.
///
/// Forgotten by a restart, which takes longer.
struct Burst: Sendable, Equatable {
    /// What was read, as a line says it.
    struct Read: Sendable, Equatable {
        var text: String
        var aim: String
        var subject: BatchSubject
        var quantity: Int64
    }

    struct Line: Sendable, Equatable {
        var id: OperationID
        var read: Read
    }

    private var device: DeviceName?
    private var time: CaptureTime?
    private var isUnitRead = false
    private var lines: [Line] = []

    /// A read by a device: goes on with the burst, or begins one. The codes of one picture have one
    /// time. `gap`: nil when the read stands alone.
    mutating func note(_ device: DeviceName, at time: CaptureTime, gap: Duration?) {
        var goesOn = false
        if let gap, device == self.device, let last = self.time {
            let passed = time.monotonicMicroseconds.subtractingSaturated(
                last.monotonicMicroseconds)
            goesOn = (0..<max(0, gap.microseconds)).contains(passed)
        }
        if !goesOn { (isUnitRead, lines) = (false, []) }
        (self.device, self.time) = (device, time)
    }

    mutating func add(_ id: OperationID, _ read: Read) {
        if case .serial(let serial) = read.subject, serial.isLogisticUnit {
            isUnitRead = true
        } else if !isUnitRead {
            lines.append(Line(id: id, read: read))
        }
    }

    /// Those that still stand in the open batch; none after the burst's first unit.
    func goods(before time: CaptureTime, device: DeviceName, in open: WorkflowBatch?) -> [Line] {
        guard !isUnitRead, let open, device == self.device else { return [] }
        return lines.filter { open.index(of: $0.id) != nil }
    }

    mutating func forgetGoods() {
        lines = []
    }
}
