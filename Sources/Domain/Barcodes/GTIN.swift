/// A Global Trade Item Number, kept as 14 digits whatever its carrier printed.
///
/// The check digit is right: a number that fails it is no GTIN.
public struct GTIN: Hashable, Sendable {
    /// 14 digits, the shorter forms filled up with zeros from the left.
    public let digits: String

    /// Reads 8, 12, 13 or 14 digits; nil when the length or the check digit is wrong.
    ///
    /// The 8 digits are a GTIN-8. Those of a UPC-E look alike and mean another number: see
    /// `init(upcE:)`.
    public init?(_ text: some StringProtocol) {
        guard [8, 12, 13, 14].contains(text.utf8.count), text.isASCIIDigits,
            CheckDigit.isRight(in: text)
        else { return nil }
        digits = String(repeating: "0", count: 14 - text.utf8.count) + text
    }

    /// The shortest form that the number has: 8, 12, 13 or 14 digits.
    public var shortest: String {
        for (zeros, length) in [(6, 8), (2, 12), (1, 13)]
        where digits.utf8.prefix(zeros).allSatisfy({ $0 == UInt8(ascii: "0") }) {
            return String(digits.suffix(length))
        }
        return digits
    }
}

extension GTIN {
    /// Whether it is a coupon's and no article's: EAN-13 from 981 to 984 and 99, UPC-A beginning
    /// with 5.
    ///
    /// Source: GS1 General Specifications, section 1.4, GS1 prefixes.
    public var isCoupon: Bool {
        let prefix = digits.utf8.prefix(4)
        return prefix.starts(with: "005".utf8) || prefix.starts(with: "099".utf8)
            || ["0981", "0982", "0983", "0984"].contains { prefix.elementsEqual($0.utf8) }
    }
}

extension GTIN: CustomStringConvertible {
    public var description: String { digits }
}

extension GTIN {
    /// Reads a UPC-E: 8 digits as printed, or the 6 between number system and check digit.
    ///
    /// nil when the check digit is wrong or the number system is neither 0 nor 1.
    public init?(upcE text: some StringProtocol) {
        guard text.isASCIIDigits else { return nil }
        switch text.utf8.count {
        case 6:
            let body = Self.expanded(upcE: "0" + text)
            guard let check = CheckDigit.following(body) else { return nil }
            self.init(body + String(check))
        case 8:
            guard let first = text.first, first == "0" || first == "1" else { return nil }
            self.init(Self.expanded(upcE: String(text.dropLast())) + text.suffix(1))
        default: return nil
        }
    }

    /// The 11 digits before the check digit that a number system and 6 digits stand for.
    ///
    /// Source: GS1 General Specifications, section 5.2.2.4.2, the table of zero suppression.
    private static func expanded(upcE text: String) -> String {
        let digits = Array(text)
        let (system, body) = (digits[0], digits[1...6].map { $0 })
        let expansion: String =
            switch body[5] {
            case "0", "1", "2": "\(body[0])\(body[1])\(body[5])0000\(body[2])\(body[3])\(body[4])"
            case "3": "\(body[0])\(body[1])\(body[2])00000\(body[3])\(body[4])"
            case "4": "\(body[0])\(body[1])\(body[2])\(body[3])00000\(body[4])"
            default: "\(body[0])\(body[1])\(body[2])\(body[3])\(body[4])0000\(body[5])"
            }
        return "\(system)\(expansion)"
    }
}
