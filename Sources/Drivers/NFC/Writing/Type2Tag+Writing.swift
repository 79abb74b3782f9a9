import NDEF

/// NFC Forum, Type 2 Tag 1.0, section 3.4.3: length zero first, the length last.
extension Type2Tag: WritableTag {
    func steps(for message: [UInt8]) throws(PreparationFault) -> [WritingStep] {
        let header = try prepare { () throws(ReadingFailure) in try self.header() }
        guard header.holdsMessages else { throw .failure(.notForMessages) }
        guard header.isWritable else { throw .failure(.locked) }
        let kept = try prepare { () throws(ReadingFailure) in try blocksInFront(header) }
        let room = header.capacity - kept.count
        guard let block = MessageBlock.containing(message, capacity: room) else {
            throw .failure(.tooSmall(message.count, room - (message.count < 0xFF ? 2 : 4)))
        }
        return Self.steps(kept: kept, block: block, lengthBytes: message.count < 0xFF ? 1 : 3)
    }

    /// Lock and memory control blocks of the maker's, which stay.
    private func blocksInFront(_ header: Header) throws(ReadingFailure) -> [UInt8] {
        var memory: [UInt8] = []
        while true {
            switch try Self.find(in: memory, capacity: header.capacity) {
            case .none: return []
            case .needs(let count):
                while memory.count < count { memory += try pages(from: 4 + memory.count / 4) }
            case .message(let range):
                // The value stands behind its tag and a length of one byte or three.
                let isLong = range.count >= 0xFF || memory[max(range.lowerBound - 3, 0)] == 0xFF
                return Array(memory[..<max(range.lowerBound - (isLong ? 4 : 2), 0)])
            }
        }
    }

    static func steps(kept: [UInt8], block: [UInt8], lengthBytes: Int) -> [WritingStep] {
        var image = kept + block
        image += [UInt8](repeating: 0, count: (4 - image.count % 4) % 4)
        var emptied = image
        emptied[kept.count + 1] = 0
        let head = kept.count / 4...(kept.count + lengthBytes) / 4
        let body = (0..<image.count / 4).filter { !head.contains($0) && $0 > head.upperBound }
        func step(_ page: Int, of image: [UInt8], _ leaves: WritingFailure.Remainder) -> WritingStep
        {
            WritingStep(
                command: .writePage(UInt8(4 + page), Array(image[page * 4..<page * 4 + 4])),
                leaves: leaves)
        }
        // The page with the length goes first when it is taken away, and last when it is given.
        return head.reversed().map { step($0, of: emptied, .empty) }
            + body.map { step($0, of: image, .empty) }
            + head.reversed().map { step($0, of: image, $0 == head.lowerBound ? .written : .empty) }
    }

    func lockSteps() throws(PreparationFault) -> [WritingStep] {
        let header = try prepare { () throws(ReadingFailure) in try self.header() }
        let dynamic = try dynamicLock(capacity: header.capacity)
        let pages: [(UInt8, [UInt8])] =
            [(3, [0, 0, 0, 0x0F])] + dynamic + [(2, [0, 0, 0xFF, 0xFF])]
        return pages.map { WritingStep(command: .writePage($0.0, $0.1), leaves: .written) }
    }

    private func dynamicLock(
        capacity: Int
    ) throws(PreparationFault) -> [(UInt8, [UInt8])] {
        guard capacity > Self.staticCapacity else { return [] }
        let version: [UInt8]
        do throws(ReaderFault) {
            version = try reader.perform(.version)
        } catch .unsupported {
            throw .failure(.notLockable)
        } catch {
            throw .reading(.reader(error))
        }
        guard let lock = DynamicLock(version: version) else { throw .failure(.notLockable) }
        return [(lock.page, lock.bits)]
    }

    /// All locks are looked at, for those that are missing leave pages open.
    func isLocked() throws(ReadingFailure) -> Bool {
        let header = try header()
        guard header.bytes[15] & 0x0F == 0x0F, header.bytes[10] == 0xFF, header.bytes[11] == 0xFF
        else { return false }
        guard header.capacity > Self.staticCapacity else { return true }
        guard let lock = DynamicLock(version: try reader.ask(.version)) else { return false }
        return zip(lock.bits, try pages(from: Int(lock.page))).allSatisfy { $0 & $1 == $0 }
    }

    /// The bytes that the lock bits of page 2 cover.
    private static let staticCapacity = 48
}

/// Beyond page 15, bits elsewhere lock: where, only the chip's version tells (NXP, data sheet of
/// NTAG213, 215 and 216, section 8.5.3).
private struct DynamicLock {
    let page: UInt8
    let bits: [UInt8]

    init?(version: [UInt8]) {
        switch version.count > 6 ? version[6] : 0 {
        case 0x0F: (page, bits) = (0x28, [0xFF, 0x0F, 0x3F, 0x00])
        case 0x11: (page, bits) = (0x82, [0xFF, 0x00, 0x0F, 0x00])
        case 0x13: (page, bits) = (0xE2, [0xFF, 0x3F, 0x7F, 0x00])
        default: return nil
        }
    }
}

extension WritableTag {
    /// A reading that fails while steps are prepared.
    func prepare<Value>(
        _ body: () throws(ReadingFailure) -> Value
    ) throws(PreparationFault) -> Value {
        do throws(ReadingFailure) { return try body() } catch { throw .reading(error) }
    }
}

extension WritingFailure {
    static let locked = WritingFailure(.locked, .unchanged, "The tag is locked for ever.")
    static let notForMessages = WritingFailure(
        .notWritable, .unchanged,
        "The tag is not made for messages, or was never made ready for them.")
    static let notLockable = WritingFailure(
        .notLocked, .written,
        "How a tag of this kind is locked is not known, or not by this reader.")

    static func tooSmall(_ wanted: Int, _ room: Int) -> WritingFailure {
        WritingFailure(
            .tooSmall, .unchanged,
            "The message has \(wanted) bytes, and the tag has room for \(room).")
    }
}
