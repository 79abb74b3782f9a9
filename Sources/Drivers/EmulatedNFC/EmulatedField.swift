/// The tags in front of the antenna, each with its state (ISO 14443-3, section 6).
struct EmulatedField {
    private enum State {
        /// Answers whoever asks.
        case idle
        case selected
        /// Answers only who asks the sleeping too.
        case halted
    }

    private struct Placed {
        let name: String
        var tag: any EmulatedTag
        var state = State.idle
    }

    private var placed: [Placed] = []
    /// After so many more exchanges, this tag is torn away.
    private var tear: (name: String?, left: Int)?
    /// Tags that were torn away, as they were then.
    private var torn: [String: any EmulatedTag] = [:]

    var names: [String] { placed.map(\.name) }

    func tag(_ name: String) -> (any EmulatedTag)? { placed.first { $0.name == name }?.tag }

    mutating func place(_ tag: any EmulatedTag, as name: String) {
        remove(name)
        var tag = tag
        tag.reset()
        placed.append(Placed(name: name, tag: tag))
    }

    @discardableResult
    mutating func remove(_ name: String) -> (any EmulatedTag)? {
        defer { placed.removeAll { $0.name == name } }
        return tag(name)
    }

    /// nil: whichever tag is talked to then.
    mutating func tearAway(_ name: String?, after exchanges: Int) {
        tear = (name, exchanges)
    }

    /// Lays a tag that was torn away down again, with what it holds.
    mutating func putBack(_ name: String) {
        tear = nil
        if let tag = torn.removeValue(forKey: name) { place(tag, as: name) }
    }

    mutating func powerOff() {
        for index in placed.indices {
            placed[index].state = .idle
            placed[index].tag.reset()
        }
    }
}

extension EmulatedField {
    /// Selects up to `limit` tags. With a UID, sleeping ones are asked too.
    mutating func activate(
        isFeliCa: Bool, uid: [UInt8], limit: Int, tries: Int, isLayer4: Bool? = nil
    ) -> [String] {
        var found: [String] = []
        for index in placed.indices where found.count < limit {
            let technology = placed[index].tag.technology
            guard technology.isFeliCa == isFeliCa else { continue }
            if let isLayer4, technology.isLayer4 != isLayer4 { continue }
            guard uid.isEmpty || placed[index].tag.uid == uid else { continue }
            guard isFeliCa || answersRequest(index, wakes: !uid.isEmpty, tries: tries) else {
                continue
            }
            placed[index].state = .selected
            placed[index].tag.reset()
            found.append(placed[index].name)
        }
        return found
    }

    /// A selected tag that hears a request falls back silently; the next one finds it.
    private mutating func answersRequest(_ index: Int, wakes: Bool, tries: Int) -> Bool {
        for _ in 0..<tries {
            switch placed[index].state {
            case .idle: return true
            case .halted where wakes: return true
            case .halted: return false
            case .selected where wakes && placed[index].tag.technology.isLayer4: return true
            case .selected: placed[index].state = .idle
            }
        }
        return false
    }

    func targetData(_ name: String, withATS: Bool) -> [UInt8] {
        guard let tag = tag(name) else { return [] }
        switch tag.technology {
        case .a(let atqa, let sak, let ats):
            return atqa + [sak, UInt8(tag.uid.count)] + tag.uid + (withATS ? ats : [])
        case .felica(let pmm, let system):
            let body = [0x01] + tag.uid + pmm + system
            return [UInt8(body.count + 1)] + body
        }
    }

    mutating func halt(_ name: String) {
        guard let index = placed.firstIndex(where: { $0.name == name }) else { return }
        placed[index].state = .halted
        placed[index].tag.reset()
    }

    mutating func exchange(_ data: [UInt8], with name: String) -> ExchangeAnswer? {
        guard let index = reach(name) else { return nil }
        let answer = placed[index].tag.exchange(data)
        if answer.isDropped { placed[index].state = .idle }
        return answer
    }

    mutating func answer(_ frame: [UInt8], from name: String) -> TagAnswer? {
        guard let index = reach(name) else { return nil }
        let answer = placed[index].tag.answer(frame)
        switch answer {
        case .refusal: placed[index].state = .idle
        case .halt: placed[index].state = .halted
        case .bytes, .acknowledge, .silence: break
        }
        return answer
    }

    /// One exchange with a tag that is there and selected.
    private mutating func reach(_ name: String) -> Int? {
        if let (doomed, left) = tear {
            tear = left > 0 ? (doomed, left - 1) : nil
            if left <= 0 { torn[doomed ?? name] = remove(doomed ?? name) }
        }
        return placed.firstIndex {
            $0.name == name && ($0.state == .selected || $0.tag.technology.isFeliCa)
        }
    }
}
