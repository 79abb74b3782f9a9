/// FeliCa tags with the NDEF service (NFC Forum, Type 3 Tag 1.0, section 6).
struct Type3Tag {
    static let readService: [UInt8] = [0x0B, 0x00]
    static let writeService: [UInt8] = [0x09, 0x00]
    /// Blocks in one answer, whatever the tag allows: fifteen would not fit into a frame.
    private static let blockLimit = 8

    let reader: any NFCReader
    let uid: [UInt8]

    /// Block 0.
    struct Attributes: Equatable {
        let bytes: [UInt8]

        /// nil: the checksum is wrong, or the version unknown.
        init?(_ bytes: [UInt8]) {
            guard bytes.count == 16, bytes[0] >> 4 == 1 else { return nil }
            let sum = bytes[0..<14].reduce(0) { $0 + Int($1) }
            guard sum == Int(bytes[14]) << 8 | Int(bytes[15]) else { return nil }
            self.bytes = bytes
        }

        var blocksARead: Int { Int(bytes[1]) }
        var blockCount: Int { Int(bytes[3]) << 8 | Int(bytes[4]) }
        var isBeingWritten: Bool { bytes[9] != 0 }
        var isWritable: Bool { bytes[10] == 1 }
        var messageBytes: Int { Int(bytes[11]) << 16 | Int(bytes[12]) << 8 | Int(bytes[13]) }
    }

    /// nil: no NDEF service.
    func message() throws(ReadingFailure) -> [UInt8]? {
        guard let attributes = try attributes() else { return nil }
        guard !attributes.isBeingWritten else { throw .tag(.unfinished) }
        let count = attributes.messageBytes
        guard count <= attributes.blockCount * 16, attributes.blocksARead > 0 else {
            throw .tag(.layout)
        }
        var bytes: [UInt8] = []
        while bytes.count < count {
            let first = 1 + bytes.count / 16
            let left = (count - bytes.count + 15) / 16
            let wanted = min(left, attributes.blocksARead, Self.blockLimit)
            guard let blocks = try read(Array(first..<first + wanted)) else { throw .tag(.layout) }
            bytes += blocks
        }
        return Array(bytes.prefix(count))
    }

    func attributes() throws(ReadingFailure) -> Attributes? {
        guard let block = try read([0]) else { return nil }
        guard let attributes = Attributes(block) else { throw .tag(.layout) }
        return attributes
    }

    /// nil: the tag refuses these blocks.
    func read(_ blocks: [Int]) throws(ReadingFailure) -> [UInt8]? {
        let list = blocks.flatMap { [0x00, UInt8($0 & 0xFF), UInt8($0 >> 8)] as [UInt8] }
        let body = [0x06] + uid + [0x01] + Self.readService + [UInt8(blocks.count)] + list
        let answer = try exchange(body)
        guard answer.count >= 12, answer[1] == 0x07 else { throw .reader(.noAnswer) }
        guard answer[10] == 0x00 else { return nil }
        guard answer.count == 13 + blocks.count * 16 else { throw .reader(.noAnswer) }
        return Array(answer[13...])
    }

    /// Each answer names the tag that gives it.
    func exchange(_ body: [UInt8]) throws(ReadingFailure) -> [UInt8] {
        let answer = try reader.ask(.felica([UInt8(body.count + 1)] + body))
        guard let length = answer.first, Int(length) == answer.count, answer.count >= 10 else {
            throw .reader(.noAnswer)
        }
        guard Array(answer[2..<10]) == uid else { throw .tag(.mixedUp) }
        return answer
    }
}
