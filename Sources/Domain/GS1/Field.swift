/// The bytes of one component of a value, counted from 0.
struct Field: Sendable {
    let bytes: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
    }

    var count: Int { bytes.count }
    var isEmpty: Bool { bytes.isEmpty }
    var text: String { String(decoding: bytes, as: UTF8.self) }

    subscript(position: Int) -> UInt8 { bytes[bytes.startIndex + position] }

    subscript(range: Range<Int>) -> Field {
        Field(bytes[bytes.startIndex + range.lowerBound..<bytes.startIndex + range.upperBound])
    }

    /// What these digits say, 0 for none; they must be digits, and few enough for an `Int`.
    var number: Int { bytes.reduce(0) { $0 * 10 + Int($1 &- UInt8(ascii: "0")) } }

    /// The bytes of the character that begins here: one, or several of UTF-8.
    func character(at position: Int) -> Range<Int> {
        let rest = bytes[(bytes.startIndex + position + 1)...]
        let length = self[position] < 0xC0 ? 0 : rest.prefix(3).prefix { $0 & 0xC0 == 0x80 }.count
        return position..<position + 1 + length
    }

    func firstPosition(where isSought: (UInt8) -> Bool) -> Int? {
        bytes.firstIndex(where: isSought).map { $0 - bytes.startIndex }
    }

    func allSatisfy(_ isRight: (UInt8) -> Bool) -> Bool { bytes.allSatisfy(isRight) }
}

extension UInt8 {
    var isDigit: Bool { self &- UInt8(ascii: "0") < 10 }
    var digit: Int { Int(self &- UInt8(ascii: "0")) }
    var isHexDigit: Bool { hexDigit != nil }

    var hexDigit: UInt8? {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
        case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
        case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
        default: nil
        }
    }

    var isLetter: Bool { (self | 0x20) &- UInt8(ascii: "a") < 26 }
}

/// What is wrong with a value and which of its bytes are to blame.
struct Finding: Equatable, Sendable {
    let code: FaultCode
    let range: Range<Int>

    init(_ code: FaultCode, at range: Range<Int>) {
        self.code = code
        self.range = range
    }

    init(_ code: FaultCode, at position: Int) {
        self.init(code, at: position..<position + 1)
    }

    /// All of the field is to blame.
    init(_ code: FaultCode, in field: Field) {
        self.init(code, at: 0..<field.count)
    }

    func moved(by offset: Int) -> Finding {
        Finding(code, at: range.lowerBound + offset..<range.upperBound + offset)
    }
}
