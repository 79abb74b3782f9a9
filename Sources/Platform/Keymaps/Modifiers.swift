/// What holds while a key is pressed.
public struct Modifiers: OptionSet, Hashable, Sendable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    public static let shift = Modifiers(rawValue: 1)
    public static let control = Modifiers(rawValue: 2)
    public static let alt = Modifiers(rawValue: 4)
    /// The right Alt key, whether or not the layout gives it a meaning of its own.
    public static let altGraph = Modifiers(rawValue: 8)
    public static let meta = Modifiers(rawValue: 16)
    public static let capsLock = Modifiers(rawValue: 32)
    public static let numLock = Modifiers(rawValue: 64)
}
