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
        guard !isRepeat else {
            return step.ignoreRepeat("\(scan.text.shown) was just read, this read is ignored.")
        }
        switch scan.meaning {
        case .place(let place): try enter(place, in: &step)
        case .item(let item, let lot): try add(.item(item, lot: lot), of: scan, in: &step)
        case .serial(let serial): try add(.serial(serial), of: scan, in: &step)
        case .command: break
        }
        if let note = scan.note { step.tell(note) }
        if let date = scan.expiry(passedAt: step.time) { step.warn(expired: date) }
    }

    /// Remembers the read, and says whether it only repeats the one before.
    ///
    /// Each read starts the wait anew, so a code left in front of a scanner counts once.
    private mutating func note(
        _ scan: Scan, from device: DeviceName, at time: CaptureTime
    ) -> Bool {
        guard case .ignoreWithin(let wait) = settings.repeatPolicy else { return false }
        let earlier = state.reads.firstIndex { $0.device == device }.map {
            state.reads.remove(at: $0)
        }
        state.reads.append(LastRead(device: device, text: scan.text, time: time))
        if state.reads.count > WorkflowState.readLimit { state.reads.removeFirst() }
        guard let earlier, earlier.text == scan.text else { return false }
        return time.microseconds(since: earlier.time) < wait.microseconds
    }

    private mutating func add(
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
        if let open = state.open, open.entries.count >= Self.batchLineLimit { throw .batchFull }

        var record = state.open ?? newBatch(in: &step)
        let entry = BatchEntry(line: step.next, subject: subject, quantity: quantity)
        step.make(
            .batchAdd(
                BatchLine(
                    batch: record.code, code: scan.text, aim: scan.aim, quantity: quantity)))
        if record.isImmediate(subject) { step.make(stock(of: entry, at: record.place)) }
        record.insert(entry)
        step.note(.add(entry))
        state.open = record
        state.quantity = nil
        step.touch(record)
        step.say(.ok, record.sentence(for: entry) + ".")
        closeFullBatch(after: entry, in: &step)
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

    private func stock(of entry: BatchEntry, at place: PlaceCode) -> OperationKind {
        switch entry.subject {
        case .item(let item, let lot):
            .adjust(StockKey(item: item, place: place, lot: lot), delta: entry.quantity)
        case .serial(let serial): .serial(serial, place: place)
        }
    }

    private mutating func closeFullBatch(after entry: BatchEntry, in step: inout WorkflowStep) {
        let lines = min(max(1, settings.batchLines), Self.batchLineLimit)
        guard let open = state.open, !open.awaitsDestination, open.entries.count >= lines else {
            return
        }
        let closed = closeBatch(in: &step)
        step.say(.batch, "\(open.sentence(for: entry)); batch closed: \(closed.contents).")
    }
}
