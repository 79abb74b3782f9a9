/// An accent that types nothing until the next key, and then stands over its letter.
public struct DeadKey: Sendable, Hashable {
    /// The combining character: U+0301 for an acute accent.
    public let mark: Unicode.Scalar
    /// The accent alone, as Windows types it: what comes of the accent and a space.
    public let spacing: Unicode.Scalar

    /// What the accent and the letter after it type together: `é`; both of them where no such
    /// letter is known, as Windows does it.
    public func typed(before scalar: Unicode.Scalar) -> [Unicode.Scalar] {
        if scalar == " " { return [spacing] }
        return composed(with: scalar).map { [$0] } ?? [spacing, scalar]
    }

    func composed(with base: Unicode.Scalar) -> Unicode.Scalar? {
        var pair = String(base)
        pair.unicodeScalars.append(mark)
        // Swift compares strings by canonical equivalence (UAX #15).
        return Self.letters.first { String($0) == pair }
    }

    /// Latin-1 to Latin Extended-B, and Latin Extended Additional: every accented Latin letter.
    private static let letters: [Unicode.Scalar] =
        (UInt32(0xC0)...0x24F).compactMap(Unicode.Scalar.init)
        + (UInt32(0x1E00)...0x1EFF).compactMap(Unicode.Scalar.init)
}

extension DeadKey {
    /// By xkbcommon's keysym (`xkbcommon-keysyms.h`, dead_grave to dead_ogonek).
    init?(keysym: UInt32) {
        let first: UInt32 = 0xFE50
        guard keysym >= first, keysym - first < UInt32(Self.inOrderOfKeysyms.count) else {
            return nil
        }
        self = Self.inOrderOfKeysyms[Int(keysym - first)]
    }

    private static let inOrderOfKeysyms: [DeadKey] = zip(
        "\u{300}\u{301}\u{302}\u{303}\u{304}\u{306}\u{307}\u{308}\u{30A}\u{30B}\u{30C}\u{327}\u{328}"
            .unicodeScalars, "`´^~¯˘˙¨°˝ˇ¸˛".unicodeScalars
    ).map { DeadKey(mark: $0, spacing: $1) }
}
