/// A Serial Shipping Container Code: the 18 digits on a pallet or a parcel.
public struct SSCC: Hashable, Sendable {
    public static let length = 18

    public let digits: String

    /// Reads 18 digits; nil when the length or the check digit is wrong.
    public init?(_ text: some StringProtocol) {
        guard text.utf8.count == Self.length, text.isASCIIDigits, CheckDigit.isRight(in: text)
        else { return nil }
        digits = String(text)
    }
}

extension SSCC: CustomStringConvertible {
    public var description: String { digits }
}
