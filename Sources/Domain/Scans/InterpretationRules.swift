/// How this station reads codes: the operator's choices, as data.
public struct InterpretationRules: Sendable, Equatable {
    /// What to do with `]cm` before the data.
    public enum AIMHandling: String, Sendable, CaseIterable {
        /// Strips it when it is a known identifier; any other `]` is data.
        case auto
        /// Every code must begin with one; a code without is rejected.
        case always
        /// `]` is always data.
        case never
    }

    public var aim: AIMHandling
    /// What a command code begins with, in either case. Empty: there are no command codes.
    public var commandPrefix: String
    /// A code beginning with one of these, and longer, names a place. The prefix stays part of it.
    public var placePrefixes: [String]
    /// A code beginning with one of these, and longer, names one numbered piece. Places go first.
    public var serialPrefixes: [String]
    /// Of a whole capture with its AIM identifier. The fullest QR Code holds 7089 digits.
    public var lengthLimitBytes: Int

    public init(
        aim: AIMHandling = .auto, commandPrefix: String = "%SS:",
        placePrefixes: [String] = ["LOC-"], serialPrefixes: [String] = ["SN-"],
        lengthLimitBytes: Int = 8192
    ) {
        self.aim = aim
        self.commandPrefix = commandPrefix
        self.placePrefixes = placePrefixes
        self.serialPrefixes = serialPrefixes
        self.lengthLimitBytes = lengthLimitBytes
    }
}
