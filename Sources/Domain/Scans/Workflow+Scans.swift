import Replication

extension Workflow {
    mutating func take(
        _ scan: Scan, from device: DeviceName, in step: inout WorkflowStep
    ) throws(WorkflowRefusal) {
        if case .command(let command) = scan.meaning { return try carryOut(command, in: &step) }
        if state.mode == .lookUp {
            step.lookUp(scan.meaning)
            return step.say(.ok, "Looking up \(scan.text.shown).")
        }
        let isRepeat = note(scan, from: device, at: step.time)
        state.context.asked = nil
        guard !isRepeat else { return try decline(scan, in: &step) }
        switch scan.meaning {
        case .place(let place): try enter(place, in: &step)
        case .item(let item, let lot): try add(.item(item, lot: lot), of: scan, in: &step)
        case .serial(let unit) where unit.isLogisticUnit:
            try takeUnit(unit, of: scan, from: device, in: &step)
        case .serial(let serial): try add(.serial(serial), of: scan, in: &step)
        case .command: break
        }
        if let subject = scan.subject { tellLacks(of: scan, subject, in: &step) }
        if let measure = scan.measure { step.tell(measure) }
        if let note = scan.note { step.tell(note) }
        if let date = scan.expiry(passedAt: step.time) { step.warn(expired: date) }
    }

    /// Remembers the read, and says whether it only repeats the one before.
    ///
    /// Each read starts the wait anew, so a code left in front of a scanner counts once.
    private mutating func note(
        _ scan: Scan, from device: DeviceName, at time: CaptureTime
    ) -> Bool {
        guard let wait = rules.repeatPolicy.wait else { return false }
        let earlier = state.reads.firstIndex { $0.device == device }.map {
            state.reads.remove(at: $0)
        }
        state.reads.append(LastRead(device: device, text: scan.text, time: time))
        if state.reads.count > WorkflowState.readLimit { state.reads.removeFirst() }
        guard let earlier, earlier.text == scan.text else { return false }
        return time.microseconds(since: earlier.time) < wait.microseconds
    }

    mutating func add(
        _ subject: BatchSubject, of scan: Scan, in step: inout WorkflowStep
    ) throws(WorkflowRefusal) {
        var quantity = try quantity(of: scan)
        if case .serial = subject {
            if quantity > 1 { throw .serialQuantity(subject, quantity) }
            if state.open?.tally(of: subject) != nil {
                return step.ignoreRepeat("\(subject.code.shown) is in this batch already.")
            }
            quantity = 1
        }
        try add(
            Burst.Read(text: scan.text, aim: scan.aim, subject: subject, quantity: quantity),
            in: &step)
    }

    private mutating func add(
        _ read: Burst.Read, in step: inout WorkflowStep
    ) throws(WorkflowRefusal) {
        if let open = state.open, open.entries.count >= Self.batchLineLimit { throw .batchFull }
        let entry = add(read, unit: state.context.unit, in: &step)
        burst.add(entry.line, read)
        state.quantity = nil
        closeFullBatch(after: entry, in: &step)
    }

    /// A line, and what it does to stock at once.
    @discardableResult
    mutating func add(
        _ read: Burst.Read, unit: SerialCode, in step: inout WorkflowStep
    ) -> BatchEntry {
        var record = state.open ?? newBatch(in: &step)
        let entry = BatchEntry(line: step.next, subject: read.subject, quantity: read.quantity)
        step.make(
            .batchAdd(
                BatchLine(
                    batch: record.code, code: read.text, aim: read.aim, quantity: read.quantity,
                    unit: unit, list: state.context.list)))
        if record.isImmediate(read.subject) {
            step.make(stock(of: entry, at: record.place, in: unit))
        }
        record.insert(entry)
        step.note(.add(entry))
        state.open = record
        step.touch(record)
        step.say(.ok, record.sentence(for: entry) + ".")
        return entry
    }

    /// What becomes of a read that is taken for a repeat: ignored, or asked about.
    private mutating func decline(
        _ scan: Scan, in step: inout WorkflowStep
    ) throws(WorkflowRefusal) {
        guard case .askWithin = rules.repeatPolicy, let subject = scan.subject,
            case .item = subject
        else {
            return step.ignoreRepeat("\(scan.text.shown) was just read, this read is ignored.")
        }
        state.context.asked = AskedRepeat(
            text: scan.text, aim: scan.aim, subject: subject, quantity: try quantity(of: scan))
        step.askRepeat(
            "\(scan.text.shown) was just read. Say confirm to count it again, or go on.")
    }

    mutating func settle(
        _ asked: AskedRepeat?, by phrase: SpokenPhrase, in step: inout WorkflowStep
    ) throws(WorkflowRefusal) {
        guard let asked, phrase.argument.isEmpty else { throw .notAsked }
        switch phrase.verb {
        case "confirm":
            try add(
                Burst.Read(
                    text: asked.text, aim: asked.aim, subject: asked.subject,
                    quantity: asked.quantity), in: &step)
        case "cancel": step.say(.done, "\(asked.text.shown) is not counted again.")
        default: throw .notAsked
        }
    }

    /// What was said before the scan counts labels, what the label says counts pieces.
    private func quantity(of scan: Scan) throws(WorkflowRefusal) -> Int64 {
        let labels = state.quantity ?? 1
        let (pieces, overflow) = labels.multipliedReportingOverflow(by: scan.quantity ?? 1)
        guard !overflow, (1...Command.quantityLimit).contains(pieces) else {
            throw .badQuantity(overflow ? .max : pieces)
        }
        return pieces
    }

    /// A unit in another is where that other is; goods are at the place.
    private func stock(
        of entry: BatchEntry, at place: PlaceCode, in unit: SerialCode
    ) -> OperationKind {
        switch entry.subject {
        case .item(let item, let lot):
            .adjust(StockKey(item: item, place: place, lot: lot), delta: entry.quantity)
        case .serial(let serial) where serial.isLogisticUnit && !unit.rawValue.isEmpty:
            .serial(serial, place: PlaceCode(unit.rawValue))
        case .serial(let serial): .serial(serial, place: place)
        }
    }

    private mutating func closeFullBatch(after entry: BatchEntry, in step: inout WorkflowStep) {
        let lines = min(max(1, rules.batchLines), Self.batchLineLimit)
        guard let open = state.open, !open.awaitsDestination, open.entries.count >= lines else {
            return
        }
        let closed = closeBatch(in: &step)
        step.say(.batch, "\(open.sentence(for: entry)); batch closed: \(closed.contents).")
    }
}
