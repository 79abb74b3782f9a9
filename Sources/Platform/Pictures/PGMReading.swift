/// Portable grey maps, plain (P2) and raw (P5). A value over 255 takes two bytes, the high one first.
enum PGMReading {
    private static let valueLimit = 65_535

    static func picture(_ bytes: [UInt8]) throws(PictureError) -> GreyPicture {
        var header = Words(bytes: bytes, position: 2)
        guard let width = header.next(), let height = header.next(), let whitest = header.next(),
            (1...valueLimit).contains(whitest)
        else { throw .damaged("its header is not that of a PGM") }
        guard GreyPicture.allows(width: width, height: height) else { throw .tooLarge }
        let count = width * height
        let pixels =
            bytes[1] == 0x35
            ? raw(bytes.dropFirst(header.position + 1), count, whitest)
            : plain(&header, count, whitest)
        guard let pixels, pixels.count == count else { throw .damaged("it ends early") }
        return GreyPicture(width: width, height: height, trusted: pixels)
    }

    private static func raw(_ bytes: ArraySlice<UInt8>, _ count: Int, _ whitest: Int) -> [UInt8]? {
        if whitest == 255 { return Array(bytes.prefix(count)) }
        if whitest < 256 {
            return bytes.prefix(count).map { grey(Int($0), whitest) }
        }
        guard bytes.count >= 2 * count else { return nil }
        let start = bytes.startIndex
        return (0..<count).map {
            grey(Int(bytes[start + 2 * $0]) << 8 | Int(bytes[start + 2 * $0 + 1]), whitest)
        }
    }

    private static func plain(_ words: inout Words, _ count: Int, _ whitest: Int) -> [UInt8]? {
        var pixels: [UInt8] = []
        pixels.reserveCapacity(min(count, words.bytes.count))
        while pixels.count < count, let value = words.next() {
            pixels.append(grey(value, whitest))
        }
        return pixels
    }

    private static func grey(_ value: Int, _ whitest: Int) -> UInt8 {
        UInt8(min(value, whitest) * 255 / whitest)
    }

    /// The numbers of the header; a comment runs from # to the end of its line.
    private struct Words {
        let bytes: [UInt8]
        var position: Int

        mutating func next() -> Int? {
            skipSpace()
            var value: Int?
            while position < bytes.count, case let digit = bytes[position] &- 0x30, digit < 10 {
                value = (value ?? 0) * 10 + Int(digit)
                guard let value, value <= 1_000_000 else { return nil }
                position += 1
            }
            return value
        }

        private mutating func skipSpace() {
            while position < bytes.count {
                switch bytes[position] {
                case 0x20, 0x09, 0x0A, 0x0D: position += 1
                case 0x23:
                    while position < bytes.count, bytes[position] != 0x0A { position += 1 }
                default: return
                }
            }
        }
    }
}
