/// Cards with the NDEF application (NFC Forum, Type 4 Tag 2.0, section 5).
struct Type4Tag {
    static let application: [UInt8] = [0xD2, 0x76, 0x00, 0x00, 0x85, 0x01, 0x01]
    static let containerFile: UInt16 = 0xE103
    /// What one answer may carry, whatever the tag allows: more than a PN532 hands on is lost.
    private static let readLimitBytes = 240

    let reader: any NFCReader

    /// What the capability container says of the message's file.
    struct Container: Equatable {
        var file: UInt16
        /// Its length field of two bytes included.
        var sizeBytes: Int
        var readLimitBytes: Int
        var writeLimitBytes: Int
        var isReadable: Bool
        var isWritable: Bool

        /// Section 5.1. nil: it contradicts itself.
        init?(_ bytes: [UInt8]) {
            guard bytes.count >= 15, bytes[2] >> 4 <= 3, bytes[2] >> 4 > 0, bytes[7] == 0x04,
                bytes[8] == 0x06
            else { return nil }
            func number(_ index: Int) -> Int { Int(bytes[index]) << 8 | Int(bytes[index + 1]) }
            (file, sizeBytes) = (UInt16(number(9)), number(11))
            (readLimitBytes, writeLimitBytes) = (number(3), number(5))
            (isReadable, isWritable) = (bytes[13] == 0x00, bytes[14] == 0x00)
            guard sizeBytes >= 5, readLimitBytes > 0, writeLimitBytes > 0 else { return nil }
        }
    }

    /// nil: a card without the NDEF application.
    func message() throws(ReadingFailure) -> [UInt8]? {
        guard let container = try open(), container.isReadable else { return nil }
        let length = try read(0, 2, limit: container.readLimitBytes)
        let count = Int(length[0]) << 8 | Int(length[1])
        guard count > 0 else { return [] }
        guard count + 2 <= container.sizeBytes else { throw .tag(.layout) }
        return try read(2, count, limit: container.readLimitBytes)
    }

    /// Selects the message's file.
    func open() throws(ReadingFailure) -> Container? {
        let name = Self.application
        let command = [0x00, 0xA4, 0x04, 0x00, UInt8(name.count)] + name + [0x00]
        guard try isDone(command) else { return nil }
        guard try select(Self.containerFile) else { return nil }
        guard let container = Container(try read(0, 15, limit: 15)) else { throw .tag(.layout) }
        guard try select(container.file) else { throw .tag(.layout) }
        return container
    }

    private func select(_ file: UInt16) throws(ReadingFailure) -> Bool {
        try isDone([0x00, 0xA4, 0x00, 0x0C, 0x02, UInt8(file >> 8), UInt8(file & 0xFF)])
    }

    /// `count` bytes from `start` on, in as many commands as it takes.
    func read(_ start: Int, _ count: Int, limit: Int) throws(ReadingFailure) -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < count {
            let offset = start + bytes.count
            let wanted = min(count - bytes.count, limit, Self.readLimitBytes)
            let answer = try reader.ask(
                .apdu([0x00, 0xB0, UInt8(offset >> 8), UInt8(offset & 0xFF), UInt8(wanted)]))
            guard answer.suffix(2) == [0x90, 0x00] else { throw .tag(.layout) }
            guard answer.count == wanted + 2 else { throw .reader(.noAnswer) }
            bytes += answer.dropLast(2)
        }
        return bytes
    }

    func isDone(_ command: [UInt8]) throws(ReadingFailure) -> Bool {
        let answer = try reader.ask(.apdu(command))
        guard answer.count >= 2 else { throw .reader(.noAnswer) }
        return answer.suffix(2) == [0x90, 0x00]
    }
}
