import LinuxIO
import Testing

@testable import Wedge

@Suite struct KeyboardLayoutTests {
    /// The keys of a US keyboard by the kernel's names, row by row as they are printed.
    static let printed: [(keys: String, plain: String, shifted: String)] = [
        (
            "grave 1 2 3 4 5 6 7 8 9 0 minus equal", "`1234567890-=",
            "~!@#$%^&*()_+"
        ),
        (
            "q w e r t y u i o p leftbrace rightbrace backslash", "qwertyuiop[]\\",
            "QWERTYUIOP{}|"
        ),
        ("a s d f g h j k l semicolon apostrophe", "asdfghjkl;'", "ASDFGHJKL:\""),
        ("z x c v b n m comma dot slash 102nd space", "zxcvbnm,./\\ ", "ZXCVBNM<>?| "),
        ("kpslash kpasterisk kpminus kpplus kpequal kpcomma", "/*-+=,", "/*-+=,"),
    ]

    @Test(arguments: printed, ["leftshift", "rightshift"])
    func typesWhatIsPrinted(
        row: (keys: String, plain: String, shifted: String), shift: String
    ) throws {
        #expect(try typed(row.keys) == row.plain)
        #expect(try typed("+\(shift) \(row.keys) -\(shift)") == row.shifted)
    }

    @Test func typesEveryPrintableASCIICharacter() {
        let all = Set((Self.printed.map(\.plain) + Self.printed.map(\.shifted)).joined())
        #expect(all.isSuperset(of: (UInt8(0x20)...0x7E).map { Character(Unicode.Scalar($0)) }))
    }

    static let locks: [(rule: String, typed: String, text: String?)] = [
        ("Caps Lock lifts letters, not digits", "capslock a 1 semicolon", "A1;"),
        ("Shift lowers them again", "capslock +leftshift a 1 -leftshift", "a!"),
        ("pressed twice it is off", "capslock a capslock a", "Aa"),
        (
            "the keypad types digits", "kp7 kp8 kp9 kp4 kp5 kp6 kp1 kp2 kp3 kp0 kpdot",
            "789456123" + "0."
        ),
        ("not without Num Lock", "numlock kp7", nil),
        ("Num Lock comes back", "numlock numlock kp7", "7"),
        ("Shift turns Num Lock around", "+leftshift kp7 -leftshift", nil),
        ("operators care for no lock", "numlock kpplus kpminus kpasterisk kpslash", "+-*/"),
        ("Caps Lock leaves the keypad alone", "capslock kp7", "7"),
        ("Scroll Lock does nothing", "1 scrolllock 2", "12"),
        ("right Alt has no characters here", "+rightalt e -rightalt", nil),
    ]

    @Test(arguments: locks)
    func minds(lock: String, script: String, text: String?) throws {
        #expect(try typed(script) == text)
    }

    @Test func aHostWithCapsLockIsUndone() throws {
        let options = WedgeOptions(hasCapsLock: true)
        #expect(try typed("+leftshift a b -leftshift c 1", options) == "abC1")
    }

    static let separators: [(rule: String, typed: String, text: String?)] = [
        ("Ctrl+]", "1 +leftctrl rightbrace -leftctrl 2", "1\u{1D}2"),
        ("right Ctrl+]", "1 +rightctrl rightbrace -rightctrl 2", "1\u{1D}2"),
        ("Alt+029", "1 +leftalt kp0 kp2 kp9 -leftalt 2", "1\u{1D}2"),
        ("Alt+0029", "1 +leftalt kp0 kp0 kp2 kp9 -leftalt 2", "1\u{1D}2"),
        ("Alt+29", "1 +leftalt kp2 kp9 -leftalt 2", "1\u{1D}2"),
        ("right Alt+029", "1 +rightalt kp0 kp2 kp9 -rightalt 2", "1\u{1D}2"),
        ("Alt+029 without Num Lock", "numlock +leftalt kp0 kp2 kp9 -leftalt numlock", "\u{1D}"),
        ("RS is Ctrl+Shift+6", "+leftctrl +leftshift 6 -leftshift -leftctrl", "\u{1E}"),
        ("EOT is Ctrl+D", "+leftctrl d -leftctrl", "\u{4}"),
        ("FS is Ctrl+\\", "+leftctrl backslash -leftctrl", "\u{1C}"),
        ("Ctrl+1 is nothing", "+leftctrl 1 -leftctrl", nil),
        ("Alt+0233", "+leftalt kp0 kp2 kp3 kp3 -leftalt", "é"),
        ("Alt+130 is older", "+leftalt kp1 kp3 kp0 -leftalt", "é"),
        ("Alt+255 of that page", "+leftalt kp2 kp5 kp5 -leftalt", "\u{A0}"),
        ("Alt+0128", "+leftalt kp0 kp1 kp2 kp8 -leftalt", "€"),
        ("Alt+0129 is empty", "+leftalt kp0 kp1 kp2 kp9 -leftalt", nil),
        ("Alt+0256 is none", "+leftalt kp0 kp2 kp5 kp6 -leftalt", nil),
        ("Alt+0 is none", "+leftalt kp0 -leftalt", nil),
        ("Alt+00029 is none", "+leftalt kp0 kp0 kp0 kp2 kp9 -leftalt", nil),
        ("Alt alone is nothing", "1 +leftalt -leftalt 2", "12"),
        ("Alt+065 twice", "+leftalt kp0 kp6 kp5 -leftalt +leftalt kp6 kp6 -leftalt", "AB"),
    ]

    @Test(arguments: separators)
    func hasManyWaysToSay(what: String, script: String, text: String?) throws {
        #expect(try typed(script) == text)
    }

    @Test func anAltCodeThatEnterCutsOffCounts() throws {
        #expect(try typed("1 +leftalt kp0 kp6 kp5") == "1A")
    }

    @Test(arguments: 0...255)
    func readsNumbersAsWindowsDoes(number: Int) throws {
        var code = AltCode()
        for digit in [0] + String(number).compactMap(\.wholeNumberValue) { code.append(digit) }
        let hole = [0, 0x81, 0x8D, 0x8F, 0x90, 0x9D].contains(number)
        #expect((code.scalar == nil) == hole)
        if !(0x80..<0xA0).contains(number) && !hole {
            #expect(code.scalar?.value == UInt32(number))
        }
    }

    static let substitutes: [(substitute: WedgeOptions.Substitute, typed: String)] = [
        (.key(.f8), "1 f8 2"), (.character("~"), "1 +leftshift grave -leftshift 2"),
        (.character("é"), "1 +leftalt kp0 kp2 kp3 kp3 -leftalt 2"),
    ]

    @Test(arguments: substitutes)
    func aSubstituteIsGS(substitute: WedgeOptions.Substitute, script: String) throws {
        #expect(try typed(script, WedgeOptions(fnc1: substitute)) == "1\u{1D}2")
        #expect(try typed(script) != "1\u{1D}2")
    }

    /// What comes out of one line; nil when it is spoilt.
    private func typed(_ script: String, _ options: WedgeOptions = WedgeOptions()) throws -> String?
    {
        var decoder = KeystrokeDecoder(options: options)
        for event in try KeyScript(script + " enter").events {
            if case .line(let text, _) = decoder.push(event) { return text }
        }
        return nil
    }
}
