/// What became of a capture.
public enum Interpretation: Sendable, Equatable {
    case scan(Scan)
    case rejected(Rejection)
}

/// Why a capture means nothing, in words for people and a code for programs.
public struct Rejection: Error, Sendable, Equatable {
    /// Stable and documented: `check-digit`, `control-character`.
    public var code: String
    /// One sentence. Never holds raw control characters.
    public var message: String
    /// What was read, made safe for printing and cut short.
    public var text: String

    public init(code: String, message: String, text: String) {
        self.code = code
        self.message = message
        self.text = text
    }
}
