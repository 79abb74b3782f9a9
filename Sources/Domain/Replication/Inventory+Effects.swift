extension Inventory {
    /// The operation comes into force: it is new, or done again.
    mutating func enter(_ slot: Int) {
        let mark = entries[slot].mark
        switch entries[slot].effect {
        case .none: break
        case .postings(let near, let far, let quantity):
            post(slot, near: near, far: far, quantity)
        case .count(let cell, let quantity):
            insertCount(slot, quantity: quantity, in: Int(cell))
        case .pick(let near, let far, let line, let quantity):
            post(slot, near: near, far: far, 0 &- quantity)
            pickLines[line, default: PickLine()].insert(.init(mark: mark, quantity: quantity))
        case .serial(let register, let place):
            serials[register].insert(.init(mark: mark, value: place))
        case .attribute(let register, let value):
            attributes[register].insert(.init(mark: mark, value: value))
        case .removal(let targets):
            for target in targets { entries[target].removals += 1 }
        }
    }

    /// The operation is undone.
    mutating func leave(_ slot: Int) {
        let id = entries[slot].mark.id
        switch entries[slot].effect {
        case .none: break
        case .postings(let near, let far, _):
            withdraw(slot, near: near, far: far)
        case .count(let cell, _):
            removeCount(slot, from: Int(cell))
        case .pick(let near, let far, let line, _):
            withdraw(slot, near: near, far: far)
            pickLines[line]?.remove(id)
        case .serial(let register, _):
            serials[register].remove(id)
        case .attribute(let register, _):
            attributes[register].remove(id)
        case .removal(let targets):
            for target in targets { entries[target].removals -= 1 }
        }
    }

    mutating func register(of serial: SerialCode) -> Int {
        if let known = serialIndex[serial] { return known }
        serials.append(Register())
        serialIndex[serial] = serials.count - 1
        return serials.count - 1
    }

    mutating func register(of key: AttributeKey) -> Int {
        if let known = attributeIndex[key] { return known }
        attributes.append(Register())
        attributeIndex[key] = attributes.count - 1
        return attributes.count - 1
    }
}
