/// Markup that is safe to show: what is put into it is text, unless it is markup itself.
///
/// Write it as a literal; whatever is interpolated is escaped, for content and for quoted attributes.
public struct HTML: Sendable, Equatable, ExpressibleByStringInterpolation {
    public let text: String

    public init(stringLiteral value: String) {
        text = value
    }

    public init(stringInterpolation: Interpolation) {
        text = stringInterpolation.text
    }

    /// Text as markup.
    public init(_ text: some CustomStringConvertible) {
        self.text = Self.escaped(text.description)
    }

    private init(safe text: String) {
        self.text = text
    }

    public static let empty: HTML = ""

    public static func + (one: HTML, other: HTML) -> HTML { HTML(safe: one.text + other.text) }

    public struct Interpolation: StringInterpolationProtocol {
        fileprivate var text = ""

        public init(literalCapacity: Int, interpolationCount: Int) {
            text.reserveCapacity(literalCapacity + 16 * interpolationCount)
        }

        public mutating func appendLiteral(_ literal: String) {
            text += literal
        }

        public mutating func appendInterpolation(_ markup: HTML) {
            text += markup.text
        }

        public mutating func appendInterpolation(_ parts: [HTML]) {
            for part in parts { text += part.text }
        }

        public mutating func appendInterpolation(_ value: some CustomStringConvertible) {
            text += HTML.escaped(value.description)
        }
    }

    /// Marks become names, and what can't be seen, or would turn the text around, a sign for it.
    private static func escaped(_ text: String) -> String {
        var result = ""
        result.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            case "\n", "\t": result.unicodeScalars.append(scalar)
            case "\u{0}"..."\u{1F}":
                // The pictures of control characters stand in their order.
                result.unicodeScalars.append(Unicode.Scalar(0x2400 + scalar.value) ?? "\u{FFFD}")
            case "\u{7F}"..."\u{9F}", "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}":
                result += "\u{FFFD}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}

extension Sequence<HTML> {
    public func joined(by separator: HTML = .empty) -> HTML {
        var isFirst = true
        return reduce(.empty) { whole, part in
            defer { isFirst = false }
            return isFirst ? part : whole + separator + part
        }
    }
}
