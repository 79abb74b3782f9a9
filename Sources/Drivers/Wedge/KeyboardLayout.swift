public import LinuxIO

/// What each key types: a table, so that it can be written here or asked of xkbcommon.
public struct KeyboardLayout: Sendable, Equatable {
    /// What stands on one key.
    public struct Legend: Sendable, Equatable {
        /// Plain, Shift, AltGr, AltGr with Shift. nil types nothing.
        public var levels: [Unicode.Scalar?]
        /// The lock that turns Shift around: Caps Lock for letters, Num Lock for the keypad.
        public var lock: Modifiers

        public init(_ levels: [Unicode.Scalar?], lock: Modifiers = []) {
            self.levels = levels
            self.lock = lock
        }
    }

    /// As the configuration calls it: `us`.
    public let name: String
    private let legends: [Key: Legend]

    public init(name: String, legends: [Key: Legend]) {
        self.name = name
        self.legends = legends
    }

    /// What the key types while these modifiers hold; nil: nothing that is text.
    func scalar(for key: Key, holding modifiers: Modifiers) -> Unicode.Scalar? {
        guard let legend = legends[key], modifiers.isDisjoint(with: [.alt, .meta]) else {
            return nil
        }
        let isShifted = modifiers.contains(.shift) != !modifiers.isDisjoint(with: legend.lock)
        let level = (isShifted ? 1 : 0) + (modifiers.contains(.altGraph) ? 2 : 0)
        guard level < legend.levels.count, let scalar = legend.levels[level] else { return nil }
        return modifiers.contains(.control) ? Self.control(scalar) : scalar
    }

    /// Ctrl with one of `@A-Z[\]^_` types the control character 64 places below (ECMA-48, 5.2).
    private static func control(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        switch scalar.value {
        case 0x40...0x5F: Unicode.Scalar(scalar.value - 0x40)
        case 0x61...0x7A: Unicode.Scalar(scalar.value - 0x60)
        case 0x09, 0x0D: scalar
        default: nil
        }
    }
}
