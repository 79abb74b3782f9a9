/// MIFARE Ultralight and NTAG213/215/216: pages of four bytes (NXP's data sheets).
public struct EmulatedType2: EmulatedTag {
    public enum Model: String, Sendable, CaseIterable {
        case ultralight, ntag213, ntag215, ntag216

        var pages: Int {
            switch self {
            case .ultralight: 16
            case .ntag213: 45
            case .ntag215: 135
            case .ntag216: 231
            }
        }

        /// Byte 2 of the capability container: room for NDEF in units of eight bytes.
        var capacity: UInt8 {
            switch self {
            case .ultralight: 0x06
            case .ntag213: 0x12
            case .ntag215: 0x3E
            case .ntag216: 0x6D
            }
        }

        /// As GET_VERSION has it; nil: this chip does not know that command.
        var storageSize: UInt8? {
            switch self {
            case .ultralight: nil
            case .ntag213: 0x0F
            case .ntag215: 0x11
            case .ntag216: 0x13
            }
        }
    }

    public let uid: [UInt8]
    public let model: Model
    public let technology = TagTechnology.a(atqa: [0x00, 0x44], sak: 0x00, ats: [])
    /// All pages, one after the other.
    public private(set) var memory: [UInt8]
    private var isAuthenticated = false
    /// The page that the second half of a compatibility write is for.
    private var awaitedWrite: Int?

    /// `uid` has seven bytes.
    public init(_ model: Model, uid: [UInt8], ndef: [UInt8] = []) {
        self.uid = uid
        self.model = model
        memory = [UInt8](repeating: 0, count: model.pages * 4)
        let first = 0x88 ^ uid[0] ^ uid[1] ^ uid[2]
        let second = uid[3] ^ uid[4] ^ uid[5] ^ uid[6]
        memory.replaceSubrange(0..<10, with: uid[0..<3] + [first] + uid[3..<7] + [second, 0x48])
        memory.replaceSubrange(12..<16, with: [0xE1, 0x10, model.capacity, 0x00])
        if model.storageSize != nil {
            let end: [UInt8] = [
                0, 0, 0, 0xBD, 0x04, 0, 0, 0xFF, 0, 0x05, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0,
            ]
            memory.replaceSubrange((configuration - 1) * 4..<memory.count, with: end)
        }
        let block = TagLayout.block(ndef)
        put(Array(block.prefix(Int(model.capacity) * 8)), at: 4)
    }

    /// Overwrites memory from `page` on, whatever the lock bytes say.
    public mutating func put(_ bytes: [UInt8], at page: Int) {
        memory.replaceSubrange(page * 4..<page * 4 + bytes.count, with: bytes)
    }

    public mutating func reset() {
        (isAuthenticated, awaitedWrite) = (false, nil)
    }

    /// These opcodes are MIFARE authentications to the chip.
    public mutating func exchange(_ data: [UInt8]) -> ExchangeAnswer {
        if data.first == 0x60 || data.first == 0x61 { return .failed(0x10) }
        switch answer(data) {
        case .bytes(let bytes): return .data(bytes)
        case .acknowledge: return .data([])
        case .refusal: return .failed(0x13, isDropped: true)
        case .silence, .halt: return .timeout
        }
    }

    public mutating func answer(_ frame: [UInt8]) -> TagAnswer {
        if let page = awaitedWrite {
            awaitedWrite = nil
            return frame.count == 16 ? write(Array(frame[0..<4]), at: page) : .refusal(0)
        }
        switch (frame.first, frame.count) {
        case (0x30, 2): return read(Int(frame[1]))
        case (0xA2, 6): return write(Array(frame[2..<6]), at: Int(frame[1]))
        case (0xA0, 2):
            awaitedWrite = Int(frame[1])
            return .acknowledge
        case (0x50, _): return .halt
        default: return model.storageSize.map { answerOfNTAG(frame, size: $0) } ?? .silence
        }
    }

    private mutating func answerOfNTAG(_ frame: [UInt8], size: UInt8) -> TagAnswer {
        switch (frame.first, frame.count) {
        case (0x60, 1): return .bytes([0x00, 0x04, 0x04, 0x02, 0x01, 0x00, size, 0x03])
        case (0x3A, 3): return fastRead(Int(frame[1]), Int(frame[2]))
        case (0x3C, 2): return .bytes([UInt8](repeating: 0, count: 32))
        case (0x1B, 5): return authenticate(Array(frame[1..<5]))
        default: return .refusal(0)
        }
    }
}

extension EmulatedType2 {
    /// The first of the four configuration pages.
    private var configuration: Int { model.pages - 4 }

    /// From the page named in AUTH0 on, a protected tag can't be read without its password.
    private var readableEnd: Int {
        guard model.storageSize != nil else { return model.pages }
        let isProtected = memory[(configuration + 1) * 4] & 0x80 != 0
        let first = Int(memory[configuration * 4 + 3])
        return isProtected && !isAuthenticated ? min(model.pages, first) : model.pages
    }

    /// Password and acknowledgement never read back.
    private func page(_ number: Int) -> [UInt8] {
        if model.storageSize != nil, number >= configuration + 2 { return [0, 0, 0, 0] }
        return Array(memory[number * 4..<number * 4 + 4])
    }

    /// Four pages, from the beginning again at the end of what can be read.
    private func read(_ first: Int) -> TagAnswer {
        guard first < readableEnd else { return .refusal(0) }
        return .bytes((0..<4).flatMap { page((first + $0) % readableEnd) })
    }

    private func fastRead(_ first: Int, _ last: Int) -> TagAnswer {
        guard first <= last, last < readableEnd else { return .refusal(0) }
        return .bytes((first...last).flatMap(page))
    }

    private mutating func authenticate(_ password: [UInt8]) -> TagAnswer {
        guard password == Array(memory[(configuration + 2) * 4..<(configuration + 3) * 4]) else {
            return .refusal(4)
        }
        isAuthenticated = true
        return .bytes(Array(memory[(configuration + 3) * 4..<(configuration + 3) * 4 + 2]))
    }

    /// Lock bytes and capability container can only gain bits.
    private mutating func write(_ bytes: [UInt8], at page: Int) -> TagAnswer {
        guard (2..<model.pages).contains(page), !isLocked(page) else { return .refusal(0) }
        switch page {
        case 2: for index in 2..<4 { memory[8 + index] |= bytes[index] }
        case 3: for index in 0..<4 { memory[12 + index] |= bytes[index] }
        case configuration - 1 where model.storageSize != nil:
            for index in 0..<3 { memory[page * 4 + index] |= bytes[index] }
        default: put(bytes, at: page)
        }
        return .acknowledge
    }

    private func isLocked(_ page: Int) -> Bool {
        let locks = UInt16(memory[10]) | UInt16(memory[11]) << 8
        if (3...15).contains(page) { return locks >> page & 1 == 1 }
        guard page > 15, page < configuration - 1, model.storageSize != nil else { return false }
        // One dynamic lock bit covers two pages of an NTAG213, sixteen of its larger siblings.
        let span = model == .ntag213 ? 2 : 16
        let dynamic = (configuration - 1) * 4
        let bits = UInt16(memory[dynamic]) | UInt16(memory[dynamic + 1]) << 8
        return bits >> ((page - 16) / span) & 1 == 1
    }
}
