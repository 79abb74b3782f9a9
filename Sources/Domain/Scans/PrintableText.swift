/// Text from outside, made harmless for terminals, logs and pages, and cut short.
///
/// Control characters show as their Unicode pictures (`␛`, `␝`), what can't be seen or turns the
/// direction of writing as `\u{202E}`, bytes that are no text as `\xE4`.
public struct PrintableText: Sendable, Equatable, CustomStringConvertible {
    public static let defaultLimit = 80

    public let description: String

    /// Shows at most `limit` characters of `text`, then `…`.
    public init(_ text: some StringProtocol, limit: Int = Self.defaultLimit) {
        let scalars = text.unicodeScalars
        let shown = scalars.prefix(limit).map(Self.rendering).joined()
        description = scalars.count > limit ? shown + "…" : shown
    }

    /// Shows bytes that are not UTF-8.
    public init(bytes: some Collection<UInt8>, limit: Int = Self.defaultLimit) {
        let shown = bytes.prefix(limit).map { byte in
            byte < 0x80 ? Self.rendering(Unicode.Scalar(byte)) : "\\x\(Self.hexadecimal(byte, 2))"
        }
        description = shown.joined() + (bytes.count > limit ? "…" : "")
    }

    private static func rendering(_ scalar: Unicode.Scalar) -> String {
        switch scalar.value {
        case 0..<0x20: return picture(0x2400 + scalar.value)
        case 0x20..<0x7F: return String(scalar)
        case 0x7F: return picture(0x2421)
        default: return isVisible(scalar) ? String(scalar) : escape(scalar)
        }
    }

    private static func picture(_ value: UInt32) -> String {
        Unicode.Scalar(value).map { String($0) } ?? "?"
    }

    private static func escape(_ scalar: Unicode.Scalar) -> String {
        "\\u{\(hexadecimal(scalar.value, 2))}"
    }

    private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse,
            .unassigned:
            false
        default: !scalar.properties.isDefaultIgnorableCodePoint
        }
    }

    static func hexadecimal(_ value: some BinaryInteger, _ width: Int) -> String {
        let digits = String(value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}

extension String {
    /// For sentences: safe, and short enough to leave the sentence readable.
    package var shown: String { PrintableText(self, limit: 40).description }
}
