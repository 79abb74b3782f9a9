/// The check digit of GTIN and SSCC: modulo 10 with the weights 3 and 1.
///
/// Source: GS1 General Specifications, section 7.9.
public enum CheckDigit {
    /// The digit that belongs after these digits; nil when they are none or not all ASCII digits.
    public static func following(_ digits: some StringProtocol) -> UInt8? {
        guard !digits.isEmpty else { return nil }
        var sum: UInt64 = 0
        var weight: UInt64 = 3
        for byte in Array(digits.utf8).reversed() {
            guard let value = value(of: byte) else { return nil }
            sum += UInt64(value) * weight
            weight = 4 - weight
        }
        return UInt8((10 - sum % 10) % 10)
    }

    /// Whether the last digit is the one that belongs after the others.
    public static func isRight(in digits: some StringProtocol) -> Bool {
        guard let last = digits.utf8.suffix(1).first, let given = value(of: last) else {
            return false
        }
        return following(digits.dropLast()) == given
    }

    private static func value(of byte: UInt8) -> UInt8? {
        let value = byte &- UInt8(ascii: "0")
        return value < 10 ? value : nil
    }
}

extension StringProtocol {
    /// Whether there is at least one character, and none but `0` to `9`.
    package var isASCIIDigits: Bool {
        !isEmpty && utf8.allSatisfy { $0 &- UInt8(ascii: "0") < 10 }
    }
}
