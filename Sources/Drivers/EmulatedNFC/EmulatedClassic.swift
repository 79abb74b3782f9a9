/// MIFARE Classic 1K. The chip runs its cipher, so keys and blocks pass in the clear here.
public struct EmulatedClassic: EmulatedTag {
    public let uid: [UInt8]
    public let technology = TagTechnology.a(atqa: [0x00, 0x04], sak: 0x08, ats: [])
    private var blocks: [[UInt8]]
    private var openSector: Int?

    private static let factoryKey = [UInt8](repeating: 0xFF, count: 6)
    private static let directoryKey: [UInt8] = [0xA0, 0xA1, 0xA2, 0xA3, 0xA4, 0xA5]
    private static let messageKey: [UInt8] = [0xD3, 0xF7, 0xD3, 0xF7, 0xD3, 0xF7]

    /// `uid` has four bytes. Without a message the card is as it left the factory.
    public init(uid: [UInt8], ndef: [UInt8] = []) {
        self.uid = uid
        blocks = [[UInt8]](repeating: [UInt8](repeating: 0, count: 16), count: 64)
        blocks[0] = uid + [uid.reduce(0, ^), 0x88, 0x04, 0x00] + [UInt8](repeating: 0, count: 8)
        for sector in 0..<16 {
            close(sector, key: Self.factoryKey, access: [0xFF, 0x07, 0x80, 0x69])
        }
        if !ndef.isEmpty { store(ndef) }
    }

    private mutating func close(_ sector: Int, key: [UInt8], access: [UInt8]) {
        blocks[sector * 4 + 3] = key + access + Self.factoryKey
    }

    /// A directory in sector 0 and the message from sector 1 on (NXP AN1304).
    private mutating func store(_ ndef: [UInt8]) {
        let bytes = TagLayout.block(ndef)
        let used = (bytes.count + 47) / 48
        let entries = (0..<15).flatMap { $0 < used ? [0x03, 0xE1] : [0x00, 0x00] as [UInt8] }
        let directory = [0x01] + entries
        let all = [TagLayout.directoryChecksum(directory)] + directory
        (blocks[1], blocks[2]) = (Array(all[0..<16]), Array(all[16..<32]))
        close(0, key: Self.directoryKey, access: [0x78, 0x77, 0x88, 0xC1])
        for sector in 1..<16 {
            close(sector, key: Self.messageKey, access: [0x7F, 0x07, 0x88, 0x40])
        }
        for start in stride(from: 0, to: bytes.count, by: 16) {
            let (sector, block) = (start / 16).quotientAndRemainder(dividingBy: 3)
            let part = bytes[start..<min(start + 16, bytes.count)]
            blocks[(sector + 1) * 4 + block].replaceSubrange(0..<part.count, with: part)
        }
    }

    public mutating func reset() {
        openSector = nil
    }

    public mutating func answer(_ frame: [UInt8]) -> TagAnswer { .silence }

    public mutating func exchange(_ data: [UInt8]) -> ExchangeAnswer {
        switch (data.first, data.count) {
        case (0x60, 12), (0x61, 12): return authenticate(data)
        case (0x30, 2) where Int(data[1]) / 4 == openSector: return .data(read(Int(data[1])))
        case (0xA0, 18) where Int(data[1]) / 4 == openSector && data[1] != 0:
            blocks[Int(data[1])] = Array(data[2..<18])
            return .data([])
        default: return .failed(0x13, isDropped: true)
        }
    }

    private mutating func authenticate(_ data: [UInt8]) -> ExchangeAnswer {
        let sector = Int(data[1]) / 4
        guard sector < 16 else { return .failed(0x14, isDropped: true) }
        let end = blocks[sector * 4 + 3]
        let key = data[0] == 0x60 ? end[0..<6] : end[10..<16]
        guard data[2..<8].elementsEqual(key), data[8..<12].elementsEqual(uid) else {
            openSector = nil
            return .failed(0x14, isDropped: true)
        }
        openSector = sector
        return .data([])
    }

    /// Key A never reads back.
    private func read(_ block: Int) -> [UInt8] {
        block % 4 == 3 ? [0, 0, 0, 0, 0, 0] + blocks[block][6...] : blocks[block]
    }
}
