import NDEF

/// MIFARE Classic with the public keys of NDEF (NXP AN10787, AN1304). Its cipher is broken: what it
/// holds is as trustworthy as a sticker.
struct ClassicTag {
    private static let directoryKey: [UInt8] = [0xA0, 0xA1, 0xA2, 0xA3, 0xA4, 0xA5]
    private static let messageKey: [UInt8] = [0xD3, 0xF7, 0xD3, 0xF7, 0xD3, 0xF7]
    /// Sectors of a 1K card: the directory of a larger one speaks of these first.
    private static let sectorCount = 16

    let reader: any NFCReader
    let tag: Tag

    /// nil: no directory that these keys open, or no message in it.
    func message() throws(ReadingFailure) -> [UInt8]? {
        guard try openSector(0, Self.directoryKey) else { return nil }
        let directory = try block(1) + block(2)
        guard Self.checksum(of: directory.dropFirst()) == directory[0] else {
            throw .tag(.layout)
        }
        // Each sector has two bytes from byte 2 on: cluster E1, function 03.
        let sectors = (1..<Self.sectorCount).filter { sector in
            directory[sector * 2] == 0x03 && directory[sector * 2 + 1] == 0xE1
        }
        return try message(in: sectors)
    }

    private func message(in sectors: [Int]) throws(ReadingFailure) -> [UInt8]? {
        var memory: [UInt8] = []
        for sector in sectors {
            guard try openSector(sector, Self.messageKey) else { return nil }
            for block in 0..<3 { memory += try self.block(UInt8(sector * 4 + block)) }
            switch try Type2Tag.find(in: memory, capacity: sectors.count * 48) {
            case .message(let range): return Array(memory[range])
            case .none: return nil
            case .needs: continue
            }
        }
        return nil
    }

    /// A wrong key puts the card to sleep, so it is selected anew.
    private func openSector(_ sector: Int, _ key: [UInt8]) throws(ReadingFailure) -> Bool {
        do throws(ReaderFault) {
            _ = try reader.perform(
                .authenticate(block: UInt8(sector * 4), key: key, uid: tag.uid))
            return true
        } catch .wrongKey {
            return false
        } catch {
            throw .reader(error)
        }
    }

    private func block(_ number: UInt8) throws(ReadingFailure) -> [UInt8] {
        let answer = try reader.ask(.readBlock(number))
        guard answer.count == 16 else { throw .reader(.noAnswer) }
        return answer
    }

    /// AN10787, section 3.7.
    private static func checksum(of bytes: some Sequence<UInt8>) -> UInt8 {
        bytes.reduce(0xC7) { checksum, byte in
            (0..<8).reduce(checksum ^ byte) { value, _ in
                value & 0x80 == 0 ? value << 1 : value << 1 ^ 0x1D
            }
        }
    }
}
