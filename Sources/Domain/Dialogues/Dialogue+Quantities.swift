import Replication

extension Dialogue {
    /// Somebody says how many there are.
    mutating func state(
        _ number: Int64, in step: inout DialogueStep
    ) throws(DialogueRefusal) {
        guard (0...Assignment.quantityLimit).contains(number) else { throw .sayQuantity }
        if assignment.kind == .count {
            state.step = .confirm(.count(number))
        } else if number == line.quantity {
            try settle(number, in: &step)
        } else {
            state.step = .confirm(number < line.quantity ? .short(number) : .over(number))
        }
    }

    /// nil: as many as were scanned.
    mutating func short(_ number: Int64?) throws(DialogueRefusal) {
        let number = number ?? scannedQuantity
        if assignment.kind == .count {
            state.step = .confirm(.count(number))
            return
        }
        guard number < line.quantity else { throw .tooMany }
        state.step = .confirm(.short(number))
    }

    mutating func scanItem(
        _ answer: DialogueAnswer, in step: inout DialogueStep
    ) throws(DialogueRefusal) {
        guard case .item(let item, let lot, let quantity) = answer else { throw .notAsked }
        guard state.step == .quantity || line.check.isEmpty else { throw .placeFirst }
        guard item == self.item else { throw .wrongItem }
        let isOtherLot = !line.lot.rawValue.isEmpty && !lot.rawValue.isEmpty && lot != line.lot
        guard !isOtherLot || state.substitute != nil else { throw .wrongLot }
        let total = scannedQuantity + quantity
        let isCount = assignment.kind == .count
        let most = isCount ? Assignment.quantityLimit : line.quantity
        guard quantity > 0, total <= most else { throw .tooMany }
        guard state.scanned.count < Self.scanLimit else { throw .sayQuantity }
        state.scanned.append(Scanned(lot: lot, quantity: quantity))
        state.step = .quantity
        if total == line.quantity, !isCount { return try settle(total, in: &step) }
        step.notice = .soFar
    }

    /// As asked for, or what was read back.
    mutating func carryOut(in step: inout DialogueStep) throws(DialogueRefusal) {
        switch state.step {
        case .confirm(.short(let number)), .confirm(.over(let number)),
            .confirm(.count(let number)):
            try settle(number, in: &step)
        case .confirm(.substitute(let item, let lot)):
            state.substitute = item
            state.scanned = [Scanned(lot: lot, quantity: 1)]
            state.step = .quantity
            if line.quantity == 1 { try settle(1, in: &step) }
        case .confirm(.cancel):
            (state.step, state.isCancelled) = (.done, true)
            (state.scanned, state.substitute) = ([], nil)
        default:
            if assignment.kind != .count { return try settle(line.quantity, in: &step) }
            guard !state.scanned.isEmpty else { throw .sayQuantity }
            state.step = .confirm(.count(scannedQuantity))
        }
    }

    /// What was read back is not to be done.
    mutating func takeBack() {
        switch state.step {
        case .confirm(.cancel) where state.wasAtPlace: state.step = .place
        default: state.step = .quantity
        }
    }

    mutating func askCancel() {
        if case .destination = state.step { return state.step = .confirm(.cancel) }
        state.wasAtPlace = state.step == .place
        state.step = .confirm(.cancel)
    }

    mutating func askSubstitute() throws(DialogueRefusal) {
        guard assignment.kind == .pick else { throw .notAsked }
        guard state.scanned.isEmpty else { throw .unfinishedLine }
        state.step = .substitute
    }

    mutating func scanSubstitute(_ answer: DialogueAnswer) throws(DialogueRefusal) {
        guard case .item(let item, let lot, _) = answer, item != line.item else {
            throw .scanSubstitute
        }
        state.step = .confirm(.substitute(item, lot))
    }
}
