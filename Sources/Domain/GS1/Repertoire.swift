/// Which characters a component may hold.
enum Repertoire: UInt8, Sendable {
    /// `0` to `9`.
    case numeric = 0x4E
    /// GS1 AI encodable character set 82: a part of ASCII without the space.
    case cset82 = 0x58
    /// GS1 AI encodable character set 39: digits, capitals, `#`, `-` and `/`.
    case cset39 = 0x59
    /// File-safe base64, RFC 4648 section 5, filled up with `=`.
    case cset64 = 0x5A

    /// The first thing in the field that doesn't belong there.
    func finding(in field: Field) -> Finding? {
        switch self {
        case .numeric: finding(in: field, .nonDigitCharacter, Self.numericTable)
        case .cset82: finding(in: field, .invalidCSET82Character, Self.cset82Table)
        case .cset39: finding(in: field, .invalidCSET39Character, Self.cset39Table)
        case .cset64: base64Finding(in: field)
        }
    }

    private func finding(in field: Field, _ code: FaultCode, _ table: [Bool]) -> Finding? {
        field.firstPosition { !table[Int($0)] }.map { Finding(code, at: field.character(at: $0)) }
    }

    private func base64Finding(in field: Field) -> Finding? {
        let padding = field.bytes.reversed().prefix { $0 == UInt8(ascii: "=") }.count
        let length = field.count - padding
        if padding > 2 || (padding > 0 && field.count % 3 != 0) {
            return Finding(.invalidCSET64Padding, at: length..<field.count)
        }
        return finding(in: field[0..<length], .invalidCSET64Character, Self.cset64Table)
    }

    static let cset82Characters = Array(
        "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"
            .utf8)

    private static let numericTable = table("0123456789")
    private static let cset82Table = table(String(decoding: cset82Characters, as: UTF8.self))
    private static let cset39Table = table("#-/0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    private static let cset64Table = table(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")

    private static func table(_ characters: String) -> [Bool] {
        var table = [Bool](repeating: false, count: 256)
        for byte in characters.utf8 { table[Int(byte)] = true }
        return table
    }
}
