public import LinuxIO

extension KeyboardLayout {
    /// United States, the layout that scanners leave the factory with. Needs no files.
    public static let us = KeyboardLayout(
        name: "us",
        legends: letters.merging(symbols) { first, _ in first }.merging(keypad) { first, _ in first
        })

    private static let letters: [Key: Legend] = table(
        [
            .a, .b, .c, .d, .e, .f, .g, .h, .i, .j, .k, .l, .m, .n, .o, .p, .q, .r, .s, .t, .u, .v,
            .w, .x, .y, .z,
        ], "abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", capsLockIsShift: true)

    private static let symbols: [Key: Legend] = table(
        [
            .digit1, .digit2, .digit3, .digit4, .digit5, .digit6, .digit7, .digit8, .digit9,
            .digit0, .minus, .equal, .leftBrace, .rightBrace, .semicolon, .apostrophe, .grave,
            .backslash, .comma, .dot, .slash, .space, .key102, .tab, .enter,
        ], "1234567890-=[];'`\\,./ \\\t\r", "!@#$%^&*()_+{}:\"~|<>? |\t\r")

    /// Without Num Lock the digits move a cursor, and Shift turns Num Lock around.
    private static let keypad: [Key: Legend] =
        table(
            [
                .keypadAsterisk, .keypadMinus, .keypadPlus, .keypadSlash, .keypadEqual,
                .keypadComma, .keypadEnter,
            ], "*-+/=,\r", "*-+/=,\r"
        ).merging(
            zip(keypadDigits + [.keypadDot], "0123456789.".unicodeScalars).map { key, scalar in
                (key, numLockLegend(.scalar(scalar)))
            }
        ) { first, _ in first }

    /// In the order of their digits.
    static let keypadDigits: [Key] = [
        .keypad0, .keypad1, .keypad2, .keypad3, .keypad4, .keypad5, .keypad6, .keypad7, .keypad8,
        .keypad9,
    ]

    static func numLockLegend(_ symbol: Symbol) -> Legend {
        Legend(levels: [nil, symbol, nil, nil, nil, symbol], obeysNumLock: true)
    }

    private static func table(
        _ keys: [Key], _ plain: String, _ shifted: String, capsLockIsShift: Bool = false
    ) -> [Key: Legend] {
        let pairs = zip(plain.unicodeScalars, shifted.unicodeScalars).map { plain, shifted in
            [Symbol.scalar(plain), .scalar(shifted)] as [Symbol?]
        }
        let legends = pairs.map { pair in
            Legend(levels: pair + [nil, nil] + (capsLockIsShift ? pair.reversed() : pair))
        }
        return Dictionary(uniqueKeysWithValues: zip(keys, legends))
    }
}

extension Key {
    /// The digit it types while Alt is held, whatever the locks say.
    public var keypadDigit: Int? { KeyboardLayout.keypadDigits.firstIndex(of: self) }
}
