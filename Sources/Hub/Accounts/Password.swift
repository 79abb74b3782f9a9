import Foundation

/// A secret that somebody types. It can't be printed, by mistake or otherwise.
public struct Password: Sendable, CustomStringConvertible, CustomReflectable {
    /// In characters; the longest is a limit on work, not on people.
    public static let lengthLimits = 12...200
    /// What thieves try first, of those that are long enough.
    private static let worst: Set<String> = [
        "passwordpassword", "password1234", "password12345", "administrator", "qwertyuiop123",
        "123456789012", "1234567890123", "letmeinletmein", "changemechangeme", "iloveyou1234",
        "scanstation1", "scanhubscanhub",
    ]

    let bytes: [UInt8]

    /// As it was typed: whether it is a good one is asked of those who choose it.
    public init(typed text: String) {
        bytes = Self.bytes(of: text)
    }

    /// A password that somebody chooses. Throws `AccountError.passwordWeak`.
    public init(choosing text: String, for name: UserName) throws(AccountError) {
        let lower = text.lowercased()
        guard Self.lengthLimits.contains(text.count) else { throw .passwordWeak(.length) }
        guard Set(lower).count > 4, !Self.worst.contains(lower), !Self.isRow(lower) else {
            throw .passwordWeak(.common)
        }
        guard name.name.count < 4 || !lower.contains(name.name) else {
            throw .passwordWeak(.holdsName)
        }
        bytes = Self.bytes(of: text)
    }

    /// Letters or digits that each follow the one before.
    private static func isRow(_ text: String) -> Bool {
        let steps = zip(text.utf8, text.utf8.dropFirst()).map { Int($1) - Int($0) }
        return Set(steps).count <= 1
    }

    /// One way to write each letter: keyboards differ in how they make an `é`.
    private static func bytes(of text: String) -> [UInt8] {
        Array(text.precomposedStringWithCanonicalMapping.utf8)
    }

    public var description: String { "a password" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
