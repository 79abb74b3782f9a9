/// Finding tags and talking to them.
extension EmulatedChip {
    mutating func list(_ data: [UInt8]) -> Answer {
        guard data.count >= 2 else { return .error }
        targets = [:]
        let search = Search.list(
            limit: min(Int(data[0]), 2), technology: data[1], uid: Array(data.dropFirst(2)))
        if let answer = find(search) { return .after(Self.activationTime, answer) }
        guard activationRetries != 0xFF || data[1] > 2 else {
            self.search = search
            return .pending
        }
        return .after(Self.emptyTryTime * (Int(activationRetries) + 1), [0x00])
    }

    mutating func poll(_ data: [UInt8], at time: Duration) -> Answer {
        guard data.count >= 3 else { return .error }
        targets = [:]
        search = .poll(
            types: Array(data.dropFirst(2)), slot: .milliseconds(150 * Int(max(data[1], 1))),
            since: time)
        return .pending
    }

    /// Looks again on behalf of a command that waits. nil: still nothing.
    mutating func continueSearch(at time: Duration) -> [UInt8]? {
        guard let search else { return nil }
        let answer: [UInt8]?
        switch search {
        case .list: answer = find(search)
        case .poll(let types, let slot, let since):
            // One type a slot: our reading of the manual.
            answer = findByType(types[Int((time - since) / slot) % types.count])
        }
        if answer != nil { self.search = nil }
        return answer
    }

    private mutating func find(_ search: Search) -> [UInt8]? {
        guard case .list(let limit, let technology, let uid) = search, technology <= 2 else {
            return nil
        }
        prepareField(technology)
        let names = field.activate(
            isFeliCa: technology != 0, uid: technology == 0 ? Self.plain(uid) : [], limit: limit,
            tries: activationRetries == 0 ? 1 : 2)
        return listed(names).map { [UInt8($0.count)] + $0.flatMap { $0 } }
    }

    private mutating func findByType(_ type: UInt8) -> [UInt8]? {
        guard [0x00, 0x10, 0x20, 0x11, 0x12].contains(type) else { return nil }
        let isFeliCa = type & 0x0F != 0
        prepareField(isFeliCa ? 1 : 0)
        let names = field.activate(
            isFeliCa: isFeliCa, uid: [], limit: 2, tries: 2,
            isLayer4: type == 0x20 ? true : type == 0x10 ? false : nil)
        guard let found = listed(names) else { return nil }
        return [UInt8(found.count)] + found.flatMap { [type, UInt8($0.count)] + $0 }
    }

    /// The firmware sets speed, framing and checksums for the technology.
    private mutating func prepareField(_ technology: UInt8) {
        setField(on: true)
        let mode: UInt8 = [0x80, 0x92, 0xA2][Int(technology)]
        (registers[0x6302], registers[0x6303], registers[0x6305]) = (mode, mode, 0x43)
    }

    private mutating func listed(_ names: [String]) -> [[UInt8]]? {
        guard !names.isEmpty else { return nil }
        targets = [:]
        var all: [[UInt8]] = []
        for (index, name) in names.enumerated() {
            let number = UInt8(index + 1)
            targets[number] = name
            all.append([number] + field.targetData(name, withATS: sendsRATS))
        }
        return all
    }

    /// Cascade tags stand in front of the parts of a long UID.
    private static func plain(_ uid: [UInt8]) -> [UInt8] {
        switch uid.count {
        case 8 where uid[0] == 0x88: Array(uid.dropFirst())
        case 12 where uid[0] == 0x88: Array(uid[1..<4] + uid[5...])
        default: uid
        }
    }

    mutating func deselect(_ data: [UInt8], releases: Bool) -> Answer {
        let number = data.first ?? 0
        for (target, name) in targets where number == 0 || target == number {
            field.halt(name)
            if releases { targets[target] = nil }
        }
        return .after(Self.commandTime, [0x00])
    }

    mutating func exchange(_ data: [UInt8]) -> Answer {
        guard let name = targets[(data.first ?? 0) & 0x3F] else {
            return .after(Self.commandTime, [0x27])
        }
        let sent = Array(data.dropFirst())
        guard let answer = isFieldOn ? field.exchange(sent, with: name) : nil,
            answer.status != 0x01
        else { return .after(Self.silenceTime, [0x01]) }
        return .after(
            airTime(sent.count, answer.data.count), [answer.status] + answer.data.prefix(262))
    }

    /// The host may make and check the checksums itself (bit 7 of TxMode and RxMode).
    mutating func communicate(_ data: [UInt8]) -> Answer {
        let silence = Answer.after(Self.silenceTime, [0x01])
        guard let name = targets[1], isFieldOn, let frame = sent(data),
            let answer = field.answer(frame, from: name)
        else { return silence }
        let isChecked = registers[0x6303, default: 0x80] & 0x80 != 0
        switch answer {
        case .bytes(let bytes):
            let received = isChecked ? bytes : bytes + Self.checksum(bytes)
            return .after(airTime(data.count, bytes.count), [0x00] + received)
        case .acknowledge: return short(0x0A, isChecked, data.count)
        case .refusal(let bits): return short(bits, isChecked, data.count)
        case .silence, .halt: return silence
        }
    }

    /// What the tag hears; nil: a frame with a wrong checksum, which it does not answer.
    private func sent(_ data: [UInt8]) -> [UInt8]? {
        guard registers[0x6302, default: 0x80] & 0x80 == 0 else { return data }
        let frame = Array(data.dropLast(2))
        return data.count > 2 && Self.checksum(frame) == Array(data.suffix(2)) ? frame : nil
    }

    /// Four bits have no checksum, which a chip that looks for one calls an error.
    private func short(_ bits: UInt8, _ isChecked: Bool, _ sent: Int) -> Answer {
        .after(airTime(sent, 1), isChecked ? [0x02] : [0x00, bits])
    }

    /// ISO 14443-3, annex B: CRC_A.
    private static func checksum(_ bytes: [UInt8]) -> [UInt8] {
        let sum = bytes.reduce(UInt16(0x6363)) { sum, byte in
            var low = byte ^ UInt8(sum & 0xFF)
            low ^= low << 4
            return sum >> 8 ^ UInt16(low) << 8 ^ UInt16(low) << 3 ^ UInt16(low) >> 4
        }
        return [UInt8(sum & 0xFF), UInt8(sum >> 8)]
    }

    /// At 106 kbit/s, nine bits a byte, checksums and the tag's pause included; and 1 ms of the
    /// chip, which is a guess.
    private func airTime(_ sent: Int, _ received: Int) -> Duration {
        .nanoseconds(9440 * ((sent + received + 4) * 9 + 4)) + .microseconds(91) + .milliseconds(1)
    }
}
