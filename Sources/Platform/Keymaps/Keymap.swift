import CXKB
import LinuxIO

/// A keyboard of xkeyboard-config, as xkbcommon compiles it.
final class Keymap {
    /// Evdev's key codes lie 8 below those of xkb (`xkbcommon.h`, xkb_keycode_t).
    private static let keycodeOffset: UInt32 = 8

    private let keymap: OpaquePointer
    private let state: OpaquePointer
    private let masks: (shift: UInt32, altGraph: UInt32, capsLock: UInt32, numLock: UInt32)

    init(layout: String, variant: String) throws(KeymapError) {
        let name = variant.isEmpty ? layout : "\(layout)-\(variant)"
        guard let context = xkb_context_new(XKB_CONTEXT_NO_FLAGS) else {
            throw .notCompiled(layout: name)
        }
        defer { xkb_context_unref(context) }
        // What it does not find is our error to report.
        xkb_context_set_log_level(context, XKB_LOG_LEVEL_CRITICAL)
        guard let keymap = Self.compile(layout, variant, in: context) else {
            throw .notCompiled(layout: name)
        }
        guard let state = xkb_state_new(keymap) else {
            xkb_keymap_unref(keymap)
            throw .notCompiled(layout: name)
        }
        (self.keymap, self.state) = (keymap, state)
        masks = (
            Self.mask("Shift", in: keymap), Self.mask("Mod5", in: keymap),
            Self.mask("Lock", in: keymap), Self.mask("Mod2", in: keymap)
        )
    }

    deinit {
        xkb_state_unref(state)
        xkb_keymap_unref(keymap)
    }

    /// What its keys type. Keys that mean the same everywhere are taken from the US keyboard.
    var legends: [Key: KeyboardLayout.Legend] {
        var legends = KeyboardLayout.us.legends
        for key in Self.keys { legends[key] = legend(of: key) }
        for key in KeyboardLayout.keypadDigits + [.keypadDot] {
            guard let symbol = symbol(of: key, masks.numLock) else { continue }
            legends[key] = KeyboardLayout.numLockLegend(symbol)
        }
        return legends
    }

    private func legend(of key: Key) -> KeyboardLayout.Legend {
        KeyboardLayout.Legend(
            levels: (0..<8).map { level in
                symbol(
                    of: key,
                    (level & 1 != 0 ? masks.shift : 0) | (level & 2 != 0 ? masks.altGraph : 0)
                        | (level & 4 != 0 ? masks.capsLock : 0))
            })
    }

    private func symbol(of key: Key, _ modifiers: UInt32) -> KeyboardLayout.Symbol? {
        xkb_state_update_mask(state, modifiers, 0, 0, 0, 0, 0)
        let keysym = xkb_state_key_get_one_sym(state, UInt32(key.rawValue) + Self.keycodeOffset)
        if let dead = DeadKey(keysym: keysym) { return .dead(dead) }
        guard let scalar = Unicode.Scalar(xkb_keysym_to_utf32(keysym)), scalar.value >= 0x20 else {
            return nil
        }
        return .scalar(scalar)
    }
}

extension Keymap {
    private static func compile(
        _ layout: String, _ variant: String, in context: OpaquePointer
    ) -> OpaquePointer? {
        "evdev".withCString { rules in
            "pc105".withCString { model in
                layout.withCString { layout in
                    variant.withCString { variant in
                        "".withCString { options in
                            var names = xkb_rule_names(
                                rules: rules, model: model, layout: layout, variant: variant,
                                options: options)
                            return xkb_keymap_new_from_names(
                                context, &names, XKB_KEYMAP_COMPILE_NO_FLAGS)
                        }
                    }
                }
            }
        }
    }

    private static func mask(_ name: String, in keymap: OpaquePointer) -> UInt32 {
        let index = xkb_keymap_mod_get_index(keymap, name)
        return index < 32 ? 1 << index : 0
    }

    /// The keys whose legends differ from country to country.
    private static let keys: [Key] = [
        .grave, .digit1, .digit2, .digit3, .digit4, .digit5, .digit6, .digit7, .digit8, .digit9,
        .digit0, .minus, .equal, .q, .w, .e, .r, .t, .y, .u, .i, .o, .p, .leftBrace, .rightBrace,
        .a, .s, .d, .f, .g, .h, .j, .k, .l, .semicolon, .apostrophe, .backslash, .key102, .z, .x,
        .c, .v, .b, .n, .m, .comma, .dot, .slash, .ro, .yen,
    ]
}

extension Key {
    /// Left of the right Shift on Brazilian and Japanese keyboards (KEY_RO).
    fileprivate static let ro = Key(rawValue: 89)
    /// Left of Backspace on Japanese keyboards (KEY_YEN).
    fileprivate static let yen = Key(rawValue: 124)
}
