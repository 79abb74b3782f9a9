import NDEF

/// MIFARE Ultralight, NTAG and their like (NFC Forum, Type 2 Tag 1.0).
struct Type2Tag {
    let reader: any NFCReader
    let uid: [UInt8]

    /// The first four pages: number, lock bytes, capability container.
    struct Header: Equatable {
        let bytes: [UInt8]

        /// Room for messages, in bytes.
        var capacity: Int { Int(bytes[14]) * 8 }
        var holdsMessages: Bool { bytes[12] == 0xE1 && bytes[13] >> 4 == 1 }
        var isReadable: Bool { bytes[15] >> 4 == 0 }
        var isWritable: Bool { bytes[15] & 0x0F == 0 && bytes[10] == 0 && bytes[11] == 0 }

        /// The number with its two check bytes (ISO 14443-3, section 6.5.3.2). Clones of other
        /// makers are looser about the second, so only what the air said is compared.
        func belongs(to uid: [UInt8]) -> Bool {
            uid.count == 7 && Array(bytes[0..<3] + bytes[4..<8]) == uid
        }
    }

    func message() throws(ReadingFailure) -> [UInt8]? {
        let header = try header()
        guard header.holdsMessages, header.isReadable else { return nil }
        var memory: [UInt8] = []
        while true {
            switch try Self.find(in: memory, capacity: header.capacity) {
            case .message(let range): return Array(memory[range])
            case .none: return nil
            case .needs(let count):
                while memory.count < count { memory += try pages(from: 4 + memory.count / 4) }
            }
        }
    }

    /// Whatever answers must be the tag that was selected.
    func header() throws(ReadingFailure) -> Header {
        let header = Header(bytes: try pages(from: 0))
        guard header.belongs(to: uid) else { throw .tag(.mixedUp) }
        return header
    }

    func pages(from page: Int) throws(ReadingFailure) -> [UInt8] {
        let answer = try reader.ask(.readPages(from: UInt8(clamping: page)))
        guard answer.count == 16 else { throw .reader(.noAnswer) }
        return answer
    }

    static func find(
        in memory: [UInt8], capacity: Int
    ) throws(ReadingFailure) -> MessageBlock.Finding {
        do throws(MessageBlock.Fault) {
            return try MessageBlock.find(in: memory, capacity: capacity)
        } catch {
            throw .tag(.layout)
        }
    }
}
