/// A number whose decimal point isn't printed: its place comes from elsewhere.
public struct ImpliedDecimal: Hashable, Sendable {
    /// The digits as one whole number.
    public let coefficient: Int
    /// How many of the digits stand behind the point.
    public let decimals: Int

    public init(coefficient: Int, decimals: Int) {
        self.coefficient = coefficient
        self.decimals = decimals
    }

    /// Reads digits, at most 18; nil for anything else.
    init?(digits: some StringProtocol, decimals: Int) {
        guard digits.utf8.count <= 18, let coefficient = Int(digits) else { return nil }
        self.init(coefficient: coefficient, decimals: decimals)
    }
}

extension ImpliedDecimal: CustomStringConvertible {
    /// With a point and all decimals: `0.195`.
    public var description: String {
        guard decimals > 0 else { return String(coefficient) }
        let digits = String(coefficient.magnitude)
        let zeros = String(repeating: "0", count: max(0, decimals + 1 - digits.count))
        let padded = zeros + digits
        let sign = coefficient < 0 ? "-" : ""
        return "\(sign)\(padded.dropLast(decimals)).\(padded.suffix(decimals))"
    }
}
