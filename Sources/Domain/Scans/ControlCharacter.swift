/// The first character of a text that no code should hold.
///
/// GS separates GS1 elements and stays; every other C0 or C1 control is noise, a broken
/// configuration or an attempt on a terminal.
struct ControlCharacter: Equatable {
    /// From 1, counted in Unicode scalars.
    let position: Int
    /// `ESC (U+001B)`
    let name: String

    init?(firstIn text: String) {
        for (offset, scalar) in text.unicodeScalars.enumerated() where Self.isRefused(scalar) {
            position = offset + 1
            name = Self.name(of: scalar)
            return
        }
        return nil
    }

    private static func isRefused(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.generalCategory == .control && scalar != "\u{1D}"
    }

    private static func name(of scalar: Unicode.Scalar) -> String {
        let number = "U+" + PrintableText.hexadecimal(scalar.value, 4)
        switch scalar.value {
        case 0..<0x20: return "\(names[Int(scalar.value)]) (\(number))"
        case 0x7F: return "DEL (\(number))"
        default: return number
        }
    }

    /// ISO/IEC 646.
    private static let names = [
        "NUL", "SOH", "STX", "ETX", "EOT", "ENQ", "ACK", "BEL", "BS", "TAB", "LF", "VT", "FF",
        "CR", "SO", "SI", "DLE", "DC1", "DC2", "DC3", "DC4", "NAK", "SYN", "ETB", "CAN", "EM",
        "SUB", "ESC", "FS", "GS", "RS", "US",
    ]
}
