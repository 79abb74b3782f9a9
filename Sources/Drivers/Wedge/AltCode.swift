/// A character typed as its number: Alt held down, digits on the keypad, Alt let go.
///
/// As Windows reads it: with a leading zero a number of code page 1252, without one of code
/// page 437. Numbers below 32 are control characters either way, because a scanner means those.
struct AltCode {
    private var digits = ""

    var isEmpty: Bool { digits.isEmpty }
    /// For people: `Alt+0233`.
    var name: String { "Alt+" + digits }

    /// A fifth digit makes no character.
    mutating func append(_ digit: Int) {
        if digits.utf8.count < 5 { digits += "\(digit)" }
    }

    var scalar: Unicode.Scalar? {
        guard digits.utf8.count < 5, let number = UInt8(digits), number > 0 else { return nil }
        switch number {
        case ..<0x80: return Unicode.Scalar(number)
        case _ where !digits.hasPrefix("0"): return Self.codePage437[Int(number) - 0x80]
        case 0x80..<0xA0: return Self.codePage1252[Int(number) - 0x80]
        default: return Unicode.Scalar(number)
        }
    }

    /// From 0x80 to 0x9F; beyond, the page is Latin 1. Five places are empty.
    private static let codePage1252: [Unicode.Scalar?] =
        "€\u{0}‚ƒ„…†‡ˆ‰Š‹Œ\u{0}Ž\u{0}\u{0}‘’“”•–—˜™š›œ\u{0}žŸ".unicodeScalars
        .map { $0.value == 0 ? nil : $0 }

    /// From 0x80 to 0xFF.
    private static let codePage437 = Array(
        ("ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐"
            + "└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{A0}")
            .unicodeScalars)
}
