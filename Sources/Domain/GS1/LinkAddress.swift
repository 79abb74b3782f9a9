/// The parts of an absolute http or https address, as bytes of the text that they stand in.
///
/// Source: RFC 3986. User names and zones are refused: no printed link has them.
struct LinkAddress {
    let bytes: [UInt8]
    let host: Range<Int>
    /// From the slash on; empty when there is none.
    let path: Range<Int>
    /// Without the question mark.
    let query: Range<Int>

    static func hasScheme(_ text: some StringProtocol) -> Bool {
        schemeLength(Array(text.utf8.prefix(8))) != nil
    }

    init(_ text: String) throws(SyntaxFault) {
        let bytes = Array(text.utf8)
        guard let start = Self.schemeLength(bytes) else {
            throw SyntaxFault(
                .notAWebAddress, at: 0,
                message: "A GS1 Digital Link begins with https:// or http://.")
        }
        if let place = bytes.firstIndex(where: { !Self.permitted[Int($0)] }) {
            throw SyntaxFault(
                .illegalURICharacter, at: place,
                message: "\(PlainText.quoted([bytes[place]])) may not stand in a web address.")
        }
        let fragment = bytes.firstIndex(of: UInt8(ascii: "#")) ?? bytes.endIndex
        let question = bytes[..<fragment].firstIndex(of: UInt8(ascii: "?")) ?? fragment
        let slash =
            bytes[start..<question].firstIndex(of: UInt8(ascii: "/")) ?? question
        self.bytes = bytes
        host = start..<slash
        path = slash..<question
        query = min(question + 1, fragment)..<fragment
        guard HostRule.accepts(bytes[host]) else {
            throw SyntaxFault(
                .invalidHost, at: start,
                message: "\(PlainText.quoted(bytes[host])) is no name of a web server.")
        }
    }

    private static func schemeLength(_ bytes: [UInt8]) -> Int? {
        for scheme in ["https://", "http://"] {
            let expected = Array(scheme.utf8)
            if bytes.count >= expected.count,
                zip(bytes, expected).allSatisfy({ $0 == $1 || ($0.isLetter && $0 | 0x20 == $1) })
            {
                return expected.count
            }
        }
        return nil
    }

    private static let permitted: [Bool] = {
        var table = [Bool](repeating: false, count: 256)
        for byte in "-._~:/?#[]@!$&'()*+,;=%".utf8 { table[Int(byte)] = true }
        for byte in UInt8.min...UInt8.max where byte.isDigit || byte.isLetter {
            table[Int(byte)] = true
        }
        return table
    }()
}

/// The check of what stands between `//` and the path.
enum HostRule {
    static func accepts(_ bytes: ArraySlice<UInt8>) -> Bool {
        if bytes.first == UInt8(ascii: "[") {
            guard let close = bytes.firstIndex(of: UInt8(ascii: "]")) else { return false }
            return isIPv6(bytes[(bytes.startIndex + 1)..<close]) && isPort(bytes[(close + 1)...])
        }
        let colon = bytes.firstIndex(of: UInt8(ascii: ":")) ?? bytes.endIndex
        return isName(bytes[..<colon]) && isPort(bytes[colon...])
    }

    /// Nothing, or a colon and a number.
    private static func isPort(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard let first = bytes.first else { return true }
        let digits = Field(bytes.dropFirst())
        return first == UInt8(ascii: ":") && digits.count <= 5 && digits.allSatisfy(\.isDigit)
            && digits.number <= 65_535
    }

    private static func isName(_ bytes: ArraySlice<UInt8>) -> Bool {
        // A dot at the very end makes the name an absolute one.
        let name = bytes.last == UInt8(ascii: ".") ? bytes.dropLast() : bytes
        guard (1...253).contains(name.count) else { return false }
        return name.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
            .allSatisfy(isLabel)
    }

    private static func isLabel(_ label: ArraySlice<UInt8>) -> Bool {
        guard (1...63).contains(label.count), label.first != UInt8(ascii: "-"),
            label.last != UInt8(ascii: "-")
        else { return false }
        return label.allSatisfy {
            $0.isDigit || $0.isLetter || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
        }
    }

    /// Eight groups of up to four hexadecimal digits, `::` once for groups of zero; the last two
    /// may be an IPv4 address.
    private static func isIPv6(_ bytes: ArraySlice<UInt8>) -> Bool {
        let text = String(decoding: bytes, as: UTF8.self)
        let halves = text.split(separator: "::", omittingEmptySubsequences: false)
        guard halves.count <= 2 else { return false }
        var groups = 0
        for (index, half) in halves.enumerated() where !half.isEmpty {
            let isLastHalf = index == halves.count - 1
            guard let count = groupCount(half, mayEndInIPv4: isLastHalf) else { return false }
            groups += count
        }
        return halves.count == 2 ? groups <= 7 : groups == 8
    }

    private static func groupCount(_ text: Substring, mayEndInIPv4: Bool) -> Int? {
        let groups = text.split(separator: ":", omittingEmptySubsequences: false)
        var count = 0
        for (index, group) in groups.enumerated() {
            if mayEndInIPv4, index == groups.count - 1, group.contains(".") {
                guard isIPv4(group) else { return nil }
                count += 2
            } else {
                guard (1...4).contains(group.utf8.count), group.utf8.allSatisfy(\.isHexDigit)
                else { return nil }
                count += 1
            }
        }
        return count
    }

    private static func isIPv4(_ text: Substring) -> Bool {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4
            && parts.allSatisfy { part in
                (1...3).contains(part.utf8.count) && part.utf8.allSatisfy(\.isDigit)
                    && Int(part).map { $0 <= 255 } == true
            }
    }
}
