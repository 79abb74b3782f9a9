public import LinuxIO

/// What each key types: a table, so that it can be written here or asked of xkbcommon.
public struct KeyboardLayout: Sendable, Equatable {
    /// What one key types at one level.
    public enum Symbol: Sendable, Hashable {
        case scalar(Unicode.Scalar)
        /// An accent that waits for its letter.
        case dead(DeadKey)
    }

    /// What stands on one key.
    public struct Legend: Sendable, Equatable {
        /// Plain, Shift, AltGr, AltGr with Shift; then the same four under Caps Lock. nil types
        /// nothing.
        let levels: [Symbol?]
        /// Num Lock turns Shift around, as on the keypad.
        let obeysNumLock: Bool

        init(levels: [Symbol?], obeysNumLock: Bool = false) {
            self.levels = levels
            self.obeysNumLock = obeysNumLock
        }

        func symbol(holding modifiers: Modifiers) -> Symbol? {
            let isTurned = obeysNumLock && modifiers.contains(.numLock)
            let level =
                (modifiers.contains(.shift) != isTurned ? 1 : 0)
                + (modifiers.contains(.altGraph) ? 2 : 0)
                + (modifiers.contains(.capsLock) ? 4 : 0)
            return level < levels.count ? levels[level] : nil
        }
    }

    /// As the configuration calls it: `us`.
    public let name: String
    let legends: [Key: Legend]

    init(name: String, legends: [Key: Legend]) {
        self.name = name
        self.legends = legends
    }

    /// What the key types while these modifiers hold; nil: nothing that is text.
    ///
    /// Ctrl with Alt is AltGr, as Windows has it and scanners know it.
    public func symbol(for key: Key, holding modifiers: Modifiers) -> Symbol? {
        var modifiers = modifiers
        if modifiers.isSuperset(of: [.control, .alt]) {
            modifiers.subtract([.control, .alt])
            modifiers.insert(.altGraph)
        }
        guard modifiers.isDisjoint(with: [.alt, .meta]) else { return nil }
        let symbol = legends[key]?.symbol(holding: modifiers)
        guard modifiers.contains(.control) else { return symbol }
        // Where the layout has no control character on this key, Windows has that of a US keyboard:
        // Ctrl with the key right of P's neighbour is GS nearly everywhere.
        return symbol.flatMap(Self.control)
            ?? Self.us.legends[key]?.symbol(holding: modifiers).flatMap(Self.control)
    }

    /// Ctrl with one of `@A-Z[\]^_` types the control character 64 places below (ECMA-48, 5.2).
    private static func control(_ symbol: Symbol) -> Symbol? {
        guard case .scalar(let scalar) = symbol else { return nil }
        switch scalar.value {
        case 0x40...0x5F: return Unicode.Scalar(scalar.value - 0x40).map { .scalar($0) }
        case 0x61...0x7A: return Unicode.Scalar(scalar.value - 0x60).map { .scalar($0) }
        case 0x09, 0x0D: return symbol
        default: return nil
        }
    }
}
