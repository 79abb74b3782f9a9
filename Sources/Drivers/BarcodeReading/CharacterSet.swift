import Glibc

/// Which characters the bytes of a code are, where the code does not say so itself.
///
/// UTF-8 if they can be; in a QR code Shift JIS if they look like it, for that was its first home;
/// else Latin-1, which ISO/IEC 18004, 16022, 24778 and 15438 name as the default.
enum CharacterSet {
    static func text(of bytes: [UInt8], isQR: Bool) -> String {
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        if isQR, looksLikeShiftJIS(bytes), let text = shiftJIS(bytes) { return text }
        return String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
    }

    /// Whether the bytes are well-formed, and not just a few accented letters among others: those
    /// too are a lead byte before a letter.
    private static func looksLikeShiftJIS(_ bytes: [UInt8]) -> Bool {
        var (pairs, highPairs, halfWidth, index) = (0, 0, 0, 0)
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            switch byte {
            case 0x00..<0x80: continue
            case 0xA1...0xDF: halfWidth += 1
            case 0x81...0x9F, 0xE0...0xFC:
                guard index < bytes.count, isTrail(bytes[index]) else { return false }
                pairs += 1
                // Latin-1 has no letters from 80 to 9F.
                if byte < 0xA0 || bytes[index] >= 0x80 { highPairs += 1 }
                index += 1
            default: return false
            }
        }
        return pairs > 0 ? highPairs * 3 >= pairs : halfWidth >= 3
    }

    private static func isTrail(_ byte: UInt8) -> Bool {
        (0x40...0x7E).contains(byte) || (0x80...0xFC).contains(byte)
    }

    /// nil: the C library has no table for it, or these bytes are not in it.
    private static func shiftJIS(_ bytes: [UInt8]) -> String? {
        let converter = iconv_open("UTF-8", "CP932")
        guard converter != iconv_t(bitPattern: -1) else { return nil }
        defer { iconv_close(converter) }
        var input = bytes.map { CChar(bitPattern: $0) }
        var output = [CChar](repeating: 0, count: bytes.count * 4)
        let count = input.withUnsafeMutableBufferPointer { input in
            output.withUnsafeMutableBufferPointer { output -> Int? in
                var (from, fromLeft) = (input.baseAddress, input.count)
                var (to, toLeft) = (output.baseAddress, output.count)
                guard iconv(converter, &from, &fromLeft, &to, &toLeft) != -1 else { return nil }
                return fromLeft == 0 ? output.count - toLeft : nil
            }
        }
        guard let count else { return nil }
        return String(decoding: output.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
