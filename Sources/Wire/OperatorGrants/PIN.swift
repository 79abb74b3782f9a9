/// A secret number that somebody types. It can't be printed, by mistake or otherwise.
public struct PIN: Sendable, CustomStringConvertible, CustomReflectable {
    /// In digits.
    public static let lengthLimits = 6...12

    let digits: [UInt8]

    /// Throws `GrantError` for what is no PIN.
    public init(_ text: String) throws(GrantError) {
        digits = Array(text.utf8)
        guard Self.lengthLimits.contains(digits.count),
            digits.allSatisfy({ (0x30...0x39).contains($0) })
        else { throw .pinForm(Self.lengthLimits) }
    }

    /// What thieves try first: one digit repeated, or digits in a row.
    public var isWeak: Bool {
        let steps = zip(digits, digits.dropFirst()).map { Int($1) - Int($0) }
        return Set(steps).count == 1 && steps.allSatisfy { (-1...1).contains($0) }
    }

    public var description: String { "a PIN" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
