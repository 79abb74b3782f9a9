/// The three characters that a scanner puts before the data: `]`, a code letter, a modifier.
///
/// ISO/IEC 15424 gives the table. `]` may also be data, so only what stands in the table is one.
public struct AIMIdentifier: Hashable, Sendable {
    /// Three characters, each one byte.
    public static let lengthBytes = 3

    /// The ASCII code of the code letter: which symbology.
    public let letter: UInt8
    /// The ASCII code of the modifier: which options were in force.
    public let modifier: UInt8

    /// Reads exactly one identifier; nil when the table doesn't hold it.
    public init?(_ text: some StringProtocol) {
        self.init(bytes: text.utf8)
    }

    /// Reads the identifier at the beginning of a code; nil when there is none that is known.
    public init?(beginning text: some StringProtocol) {
        self.init(bytes: text.utf8.prefix(Self.lengthBytes))
    }

    private init?(bytes: some Collection<UInt8>) {
        let bytes = Array(bytes)
        guard Self.hasForm(bytes), let row = Self.table[bytes[1]],
            row.modifiers.contains(bytes[2])
        else { return nil }
        (letter, modifier) = (bytes[1], bytes[2])
    }

    /// Whether these bytes look like an identifier, known or not.
    public static func hasForm(_ bytes: some Collection<UInt8>) -> Bool {
        let bytes = Array(bytes)
        return bytes.count == lengthBytes && bytes[0] == UInt8(ascii: "]")
            && isLetter(bytes[1]) && (isLetter(bytes[2]) || isDigit(bytes[2]))
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte & 0xDF) && byte < 0x80
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    /// Whether the data is a GS1 element string: FNC1 stood first, or the carrier is GS1's own.
    public var isGS1: Bool {
        ["]C1", "]d2", "]Q3", "]e0", "]J1"].contains(description)
    }
}

extension AIMIdentifier: CustomStringConvertible {
    public var description: String { String(decoding: [0x5D, letter, modifier], as: UTF8.self) }
}

extension AIMIdentifier {
    /// The symbology of data that came with this identifier.
    ///
    /// One identifier covers EAN-13, UPC-A and UPC-E, another all of DataBar: there the length of
    /// the data decides.
    public func symbology(of data: some StringProtocol) -> Symbology {
        let length = data.utf8.count
        switch description {
        case "]E0", "]E3": return Self.eanOrUPC(length: length)
        case "]E1", "]E2": return .eanAddOn
        case "]E4": return .ean8
        case "]e0" where length == 16 && data.hasPrefix("01"): return .dataBar
        default: return Self.table[letter]?.symbology ?? .other
        }
    }

    /// Standard scanners send UPC-A and UPC-E as 13 digits; many are set to send them as printed.
    private static func eanOrUPC(length: Int) -> Symbology {
        switch length {
        case 6...8: .upcE
        case 12, 14, 17: .upcA
        default: .ean13
        }
    }

    private struct Row {
        let symbology: Symbology
        let modifiers: [UInt8]

        init(_ symbology: Symbology, _ modifiers: String) {
            self.symbology = symbology
            self.modifiers = Array(modifiers.utf8)
        }
    }

    /// ISO/IEC 15424, annex A. ECI and add-on letters that no scanner sends are left out.
    private static let table: [UInt8: Row] = [
        UInt8(ascii: "A"): Row(.code39, "0123457"),
        UInt8(ascii: "B"): Row(.telepen, "0124"),
        UInt8(ascii: "C"): Row(.code128, "0124"),
        UInt8(ascii: "E"): Row(.ean13, "01234"),
        UInt8(ascii: "F"): Row(.codabar, "0124"),
        UInt8(ascii: "G"): Row(.code93, "0"),
        UInt8(ascii: "H"): Row(.code11, "013"),
        UInt8(ascii: "I"): Row(.itf, "013"),
        UInt8(ascii: "J"): Row(.dotCode, "012345"),
        UInt8(ascii: "K"): Row(.code16K, "0124"),
        UInt8(ascii: "L"): Row(.pdf417, "012345"),
        UInt8(ascii: "M"): Row(.msi, "01"),
        UInt8(ascii: "O"): Row(.codablock, "01456"),
        UInt8(ascii: "P"): Row(.plessey, "0"),
        UInt8(ascii: "Q"): Row(.qr, "0123456"),
        UInt8(ascii: "R"): Row(.straight2of5, "013"),
        UInt8(ascii: "S"): Row(.straight2of5, "0"),
        UInt8(ascii: "T"): Row(.code49, "0124"),
        UInt8(ascii: "U"): Row(.maxiCode, "0123"),
        UInt8(ascii: "X"): Row(.other, "0123456789ABCDEF"),
        UInt8(ascii: "Z"): Row(.other, "0123456"),
        UInt8(ascii: "d"): Row(.dataMatrix, "0123456"),
        UInt8(ascii: "e"): Row(.dataBarExpanded, "0123"),
        UInt8(ascii: "h"): Row(.hanXin, "0123"),
        UInt8(ascii: "z"): Row(.aztec, "0123456789ABC"),
    ]
}
