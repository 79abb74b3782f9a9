import LinuxIO
import Testing

@testable import Keymaps

@Suite struct LayoutTests {
    /// As printed on the keyboards, by the kernel's names for the keys.
    static let printed: [(layout: String, keys: String, plain: String, shifted: String)] = [
        ("gb", "2 apostrophe backslash 102nd grave 3", "2'#\\`3", "\"@~|¬£"),
        ("de", "z y minus equal semicolon apostrophe leftbrace", "yzß´öäü", "YZ?`ÖÄÜ"),
        ("de", "2 3 6 7 8 9 0 backslash 102nd slash", "2367890#<-", "\"§&/()='>_"),
        ("fr", "q w a semicolon m 1 2 6 8 0 102nd", "azqm,&é-_à<", "AZQM?1268" + "0>"),
        ("es", "semicolon 7 8 minus 102nd", "ñ78'<", "Ñ/(?>"),
        ("it", "semicolon apostrophe leftbrace grave 2", "òàè\\2", "ç°é|\""),
        ("ch", "y z semicolon leftbrace 3 1", "zyöü31", "ZYéè*+"),
        ("se", "leftbrace apostrophe semicolon 2 7", "åäö27", "ÅÄÖ\"/"),
    ]

    @Test(arguments: printed)
    func typesWhatIsPrinted(layout: String, keys: String, plain: String, shifted: String) throws {
        let layout = try KeyboardLayout.named(layout)
        #expect(try typed(keys, on: layout, []) == plain)
        #expect(try typed(keys, on: layout, .shift) == shifted)
    }

    static let altGraph: [(layout: String, keys: String, typed: String)] = [
        ("de", "q e 7 8 9 0 minus rightbrace 102nd", "@€{[]}\\~|"),
        ("fr", "3 4 5 6 8 0 equal e", "#{[|\\@}€"), ("es", "1 2 3 leftbrace", "|@#["),
        ("it", "semicolon apostrophe leftbrace rightbrace", "@#[]"),
        ("se", "2 7 8 9 0 minus 102nd", "@{[]}\\|"), ("ch", "2 3 apostrophe backslash", "@#{}"),
    ]

    @Test(arguments: altGraph)
    func rightAltHasAThirdLevel(layout: String, keys: String, expected: String) throws {
        let layout = try KeyboardLayout.named(layout)
        #expect(try typed(keys, on: layout, .altGraph) == expected)
        #expect(try typed(keys, on: layout, [.control, .alt]) == expected)
    }

    /// Every layout that is offered is there and can type what an item's code is made of.
    @Test(arguments: KeyboardLayout.names)
    func typesLettersAndDigits(name: String) throws {
        let layout = try KeyboardLayout.named(name)
        var symbols: Set<KeyboardLayout.Symbol> = []
        for number in UInt16(1)...126 {
            for modifiers in [Modifiers(), .shift, .altGraph] {
                layout.symbol(for: Key(rawValue: number), holding: modifiers)
                    .map { _ = symbols.insert($0) }
            }
        }
        for scalar in "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.+/%:"
            .unicodeScalars
        {
            #expect(symbols.contains(.scalar(scalar)), "\(name): \(scalar)")
        }
    }

    /// Two have their bracket one key further.
    @Test(arguments: KeyboardLayout.names.filter { $0 != "br" && $0 != "jp" })
    func everyLayoutHasGSOnCtrlAndTheBracket(name: String) throws {
        let layout = try KeyboardLayout.named(name)
        #expect(layout.symbol(for: .rightBrace, holding: .control) == .scalar("\u{1D}"))
        #expect(layout.symbol(for: .m, holding: [.control, .meta]) == nil)
    }

    @Test func theBuiltInLayoutIsThatOfTheSystem() throws {
        let keymap = try Keymap(layout: "us", variant: "")
        for (key, legend) in KeyboardLayout.us.legends where key != .key102 && key != .tab {
            for modifiers in [Modifiers.numLock, [.numLock, .shift], [.numLock, .capsLock]] {
                let system = keymap.legends[key]?.symbol(holding: modifiers)
                #expect(legend.symbol(holding: modifiers) == system, "\(key)")
            }
        }
    }

    static let accents: [(base: Unicode.Scalar, mark: Unicode.Scalar, typed: String)] = [
        ("e", "\u{301}", "é"), ("E", "\u{302}", "Ê"), ("u", "\u{308}", "ü"), ("n", "\u{303}", "ñ"),
        ("c", "\u{327}", "ç"), ("o", "\u{30B}", "ő"), ("s", "\u{30C}", "š"), ("a", "\u{328}", "ą"),
        (" ", "\u{302}", "^"), (" ", "\u{303}", "~"), (" ", "\u{301}", "´"), ("1", "\u{302}", "^1"),
    ]

    @Test(arguments: accents)
    func anAccentStandsOverItsLetter(base: Unicode.Scalar, mark: Unicode.Scalar, typed: String)
        throws
    {
        let dead = (UInt32(0xFE50)..<0xFE5D).compactMap { DeadKey(keysym: $0) }
            .first { $0.mark == mark }
        var text = ""
        text.unicodeScalars.append(contentsOf: try #require(dead).typed(before: base))
        #expect(Array(text.unicodeScalars) == Array(typed.unicodeScalars))
    }

    @Test func aLayoutThatIsNotThereSaysSo() {
        #expect(throws: KeymapError.unknownLayout("qq")) { try KeyboardLayout.named("qq") }
        #expect(throws: KeymapError.notCompiled(layout: "qq")) {
            try Keymap(layout: "qq", variant: "")
        }
    }

    @Test func capsLockKnowsTheLayout() throws {
        let swiss = try KeyboardLayout.named("ch")
        #expect(swiss.symbol(for: .semicolon, holding: .capsLock) == .scalar("Ö"))
        #expect(swiss.symbol(for: .semicolon, holding: .shift) == .scalar("é"))
    }

    private func typed(
        _ keys: String, on layout: KeyboardLayout, _ modifiers: Modifiers
    ) throws -> String {
        var text = ""
        for word in keys.split(separator: " ") {
            let key = try #require(Key(named: String(word)))
            switch layout.symbol(for: key, holding: modifiers) {
            case .scalar(let scalar): text.unicodeScalars.append(scalar)
            case .dead(let dead): text.unicodeScalars.append(dead.spacing)
            case nil: text += "␀"
            }
        }
        return text
    }
}
