/// A key by its place on the keyboard, as the kernel numbers it (`linux/input-event-codes.h`).
public struct Key: Hashable, Sendable, CustomStringConvertible {
    public let rawValue: UInt16

    public init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    /// The kernel's name in lower case, without `KEY_`: `a`, `1`, `leftshift`, `kpenter`.
    public init?(named name: String) {
        guard let key = Self.byName[name] else { return nil }
        self = key
    }

    public var description: String { Self.nameByKey[self] ?? "key \(rawValue)" }

    public var isShift: Bool { self == .leftShift || self == .rightShift }
    public var isControl: Bool { self == .leftControl || self == .rightControl }
    public var isAlt: Bool { self == .leftAlt || self == .rightAlt }
    public var isMeta: Bool { self == .leftMeta || self == .rightMeta }
    public var isModifier: Bool { isShift || isControl || isAlt || isMeta }
    public var isLock: Bool { self == .capsLock || self == .numLock || self == .scrollLock }

    private static let byName = Dictionary(
        uniqueKeysWithValues: names.map { ($0.name, Key(rawValue: $0.number)) })
    private static let nameByKey = Dictionary(
        uniqueKeysWithValues: names.map { (Key(rawValue: $0.number), $0.name) })

    private static let names: [(name: String, number: UInt16)] = [
        ("esc", 1), ("1", 2), ("2", 3), ("3", 4), ("4", 5), ("5", 6), ("6", 7), ("7", 8),
        ("8", 9), ("9", 10), ("0", 11), ("minus", 12), ("equal", 13), ("backspace", 14),
        ("tab", 15), ("q", 16), ("w", 17), ("e", 18), ("r", 19), ("t", 20), ("y", 21), ("u", 22),
        ("i", 23), ("o", 24), ("p", 25), ("leftbrace", 26), ("rightbrace", 27), ("enter", 28),
        ("leftctrl", 29), ("a", 30), ("s", 31), ("d", 32), ("f", 33), ("g", 34), ("h", 35),
        ("j", 36), ("k", 37), ("l", 38), ("semicolon", 39), ("apostrophe", 40), ("grave", 41),
        ("leftshift", 42), ("backslash", 43), ("z", 44), ("x", 45), ("c", 46), ("v", 47),
        ("b", 48), ("n", 49), ("m", 50), ("comma", 51), ("dot", 52), ("slash", 53),
        ("rightshift", 54), ("kpasterisk", 55), ("leftalt", 56), ("space", 57), ("capslock", 58),
        ("f1", 59), ("f2", 60), ("f3", 61), ("f4", 62), ("f5", 63), ("f6", 64), ("f7", 65),
        ("f8", 66), ("f9", 67), ("f10", 68), ("numlock", 69), ("scrolllock", 70), ("kp7", 71),
        ("kp8", 72), ("kp9", 73), ("kpminus", 74), ("kp4", 75), ("kp5", 76), ("kp6", 77),
        ("kpplus", 78), ("kp1", 79), ("kp2", 80), ("kp3", 81), ("kp0", 82), ("kpdot", 83),
        ("102nd", 86), ("f11", 87), ("f12", 88), ("kpenter", 96), ("rightctrl", 97),
        ("kpslash", 98), ("rightalt", 100), ("home", 102), ("up", 103), ("pageup", 104),
        ("left", 105), ("right", 106), ("end", 107), ("down", 108), ("pagedown", 109),
        ("insert", 110), ("delete", 111), ("kpequal", 117), ("kpcomma", 121), ("leftmeta", 125),
        ("rightmeta", 126),
    ]
}

extension Key {
    public static let escape = Key(rawValue: 1)
    public static let digit1 = Key(rawValue: 2)
    public static let digit2 = Key(rawValue: 3)
    public static let digit3 = Key(rawValue: 4)
    public static let digit4 = Key(rawValue: 5)
    public static let digit5 = Key(rawValue: 6)
    public static let digit6 = Key(rawValue: 7)
    public static let digit7 = Key(rawValue: 8)
    public static let digit8 = Key(rawValue: 9)
    public static let digit9 = Key(rawValue: 10)
    public static let digit0 = Key(rawValue: 11)
    public static let minus = Key(rawValue: 12)
    public static let equal = Key(rawValue: 13)
    public static let backspace = Key(rawValue: 14)
    public static let tab = Key(rawValue: 15)
    public static let q = Key(rawValue: 16)
    public static let w = Key(rawValue: 17)
    public static let e = Key(rawValue: 18)
    public static let r = Key(rawValue: 19)
    public static let t = Key(rawValue: 20)
    public static let y = Key(rawValue: 21)
    public static let u = Key(rawValue: 22)
    public static let i = Key(rawValue: 23)
    public static let o = Key(rawValue: 24)
    public static let p = Key(rawValue: 25)
    public static let leftBrace = Key(rawValue: 26)
    public static let rightBrace = Key(rawValue: 27)
    public static let enter = Key(rawValue: 28)
    public static let leftControl = Key(rawValue: 29)
    public static let a = Key(rawValue: 30)
    public static let s = Key(rawValue: 31)
    public static let d = Key(rawValue: 32)
    public static let f = Key(rawValue: 33)
    public static let g = Key(rawValue: 34)
    public static let h = Key(rawValue: 35)
    public static let j = Key(rawValue: 36)
    public static let k = Key(rawValue: 37)
    public static let l = Key(rawValue: 38)
    public static let semicolon = Key(rawValue: 39)
    public static let apostrophe = Key(rawValue: 40)
    public static let grave = Key(rawValue: 41)
    public static let leftShift = Key(rawValue: 42)
    public static let backslash = Key(rawValue: 43)
    public static let z = Key(rawValue: 44)
    public static let x = Key(rawValue: 45)
    public static let c = Key(rawValue: 46)
    public static let v = Key(rawValue: 47)
    public static let b = Key(rawValue: 48)
    public static let n = Key(rawValue: 49)
    public static let m = Key(rawValue: 50)
    public static let comma = Key(rawValue: 51)
    public static let dot = Key(rawValue: 52)
    public static let slash = Key(rawValue: 53)
    public static let rightShift = Key(rawValue: 54)
    public static let keypadAsterisk = Key(rawValue: 55)
    public static let leftAlt = Key(rawValue: 56)
    public static let space = Key(rawValue: 57)
    public static let capsLock = Key(rawValue: 58)
    public static let f1 = Key(rawValue: 59)
    public static let f2 = Key(rawValue: 60)
    public static let f3 = Key(rawValue: 61)
    public static let f4 = Key(rawValue: 62)
    public static let f5 = Key(rawValue: 63)
    public static let f6 = Key(rawValue: 64)
    public static let f7 = Key(rawValue: 65)
    public static let f8 = Key(rawValue: 66)
    public static let f9 = Key(rawValue: 67)
    public static let f10 = Key(rawValue: 68)
    public static let numLock = Key(rawValue: 69)
    public static let scrollLock = Key(rawValue: 70)
    public static let keypad7 = Key(rawValue: 71)
    public static let keypad8 = Key(rawValue: 72)
    public static let keypad9 = Key(rawValue: 73)
    public static let keypadMinus = Key(rawValue: 74)
    public static let keypad4 = Key(rawValue: 75)
    public static let keypad5 = Key(rawValue: 76)
    public static let keypad6 = Key(rawValue: 77)
    public static let keypadPlus = Key(rawValue: 78)
    public static let keypad1 = Key(rawValue: 79)
    public static let keypad2 = Key(rawValue: 80)
    public static let keypad3 = Key(rawValue: 81)
    public static let keypad0 = Key(rawValue: 82)
    public static let keypadDot = Key(rawValue: 83)
    public static let key102 = Key(rawValue: 86)
    public static let f11 = Key(rawValue: 87)
    public static let f12 = Key(rawValue: 88)
    public static let keypadEnter = Key(rawValue: 96)
    public static let rightControl = Key(rawValue: 97)
    public static let keypadSlash = Key(rawValue: 98)
    public static let rightAlt = Key(rawValue: 100)
    public static let home = Key(rawValue: 102)
    public static let up = Key(rawValue: 103)
    public static let pageUp = Key(rawValue: 104)
    public static let left = Key(rawValue: 105)
    public static let right = Key(rawValue: 106)
    public static let end = Key(rawValue: 107)
    public static let down = Key(rawValue: 108)
    public static let pageDown = Key(rawValue: 109)
    public static let insert = Key(rawValue: 110)
    public static let delete = Key(rawValue: 111)
    public static let keypadEqual = Key(rawValue: 117)
    public static let keypadComma = Key(rawValue: 121)
    public static let leftMeta = Key(rawValue: 125)
    public static let rightMeta = Key(rawValue: 126)
}
