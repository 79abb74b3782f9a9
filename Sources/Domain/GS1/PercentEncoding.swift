/// `%2F` and its like, RFC 3986 section 2.1.
enum PercentEncoding {
    struct Decoded {
        var bytes: [UInt8]
        /// Where each byte stood, counted in the text of the whole address.
        fileprivate let places: [Int]

        func place(of index: Int) -> Int {
            index < places.count ? places[index] : (places.last ?? 0)
        }
    }

    /// In a query a plus sign may stand for a space, which no value may hold: it is decoded so
    /// that nobody's reading of it is guessed.
    static func decoded(
        _ encoded: ArraySlice<UInt8>, plusIsSpace: Bool
    ) throws(SyntaxFault) -> Decoded {
        var bytes: [UInt8] = []
        var places: [Int] = []
        var rest = encoded
        while let first = rest.first {
            places.append(rest.startIndex)
            var length = 1
            if first == UInt8(ascii: "%") {
                bytes.append(try escapedByte(rest))
                length = 3
            } else {
                let isSpace = plusIsSpace && first == UInt8(ascii: "+")
                bytes.append(isSpace ? UInt8(ascii: " ") : first)
            }
            rest = rest.dropFirst(length)
        }
        return Decoded(bytes: bytes, places: places)
    }

    private static func escapedByte(_ rest: ArraySlice<UInt8>) throws(SyntaxFault) -> UInt8 {
        let digits = rest.dropFirst().prefix(2).compactMap(\.hexDigit)
        guard digits.count == 2, digits != [0, 0] else {
            throw SyntaxFault(
                .malformedPercentEncoding, at: rest.startIndex,
                message: "\(PlainText.quoted(rest.prefix(3))) is no encoded character.")
        }
        return digits[0] << 4 | digits[1]
    }

    static func encoded(_ value: String) -> String {
        var text = ""
        for byte in value.utf8 {
            if byte.isDigit || byte.isLetter || "-._~".utf8.contains(byte) {
                text.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                text += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }
        return text
    }
}
