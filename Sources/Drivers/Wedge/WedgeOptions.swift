public import Keymaps
public import LinuxIO

/// How one wedge types: what the operator set it to.
public struct WedgeOptions: Sendable, Equatable {
    public enum Ending: String, Sendable, CaseIterable {
        /// Enter, keypad Enter or Tab; silence too, until the scanner has shown that it sends one.
        case auto
        /// Enter or keypad Enter, which scanners and their manuals call CR, however long it takes.
        case enter = "cr"
        /// Tab, however long it takes.
        case tab
        /// Nothing but silence. Every key belongs to the code.
        case quietGap = "quiet-gap"
    }

    /// What a scanner types where FNC1 stands, if it cannot type GS.
    public enum Substitute: Sendable, Equatable {
        case character(Unicode.Scalar)
        case key(Key)
    }

    /// What a device may do before it is no scanner any more.
    public enum Caution: String, Sendable, CaseIterable {
        /// Neither typing by hand nor typing as an attack does.
        case full
        /// Any pace, but no shortcuts and no floods.
        case attacks
        case off
    }

    /// The keyboard that the scanner believes it is.
    public var layout: KeyboardLayout
    public var ending: Ending
    public var quietGap: Duration
    /// Every line begins with it. It is taken off.
    public var prefix: String
    public var fnc1: Substitute?
    /// Whether Caps Lock is on before the scanner touches it.
    public var hasCapsLock: Bool
    /// Keeps the keystrokes from every other program.
    public var grabs: Bool
    public var caution: Caution
    /// Hand over the keys themselves, in the words of `KeyScript`: for calibration.
    public var spellsKeys: Bool
    /// In bytes. The fullest QR Code holds 7089 digits.
    public var lengthLimit: Int

    public init(
        layout: KeyboardLayout = .us, ending: Ending = .auto,
        quietGap: Duration = .milliseconds(250), prefix: String = "", fnc1: Substitute? = nil,
        hasCapsLock: Bool = false, grabs: Bool = true, caution: Caution = .full,
        spellsKeys: Bool = false, lengthLimit: Int = 8192
    ) {
        self.layout = layout
        self.ending = ending
        self.quietGap = quietGap
        self.prefix = prefix
        self.fnc1 = fnc1
        self.hasCapsLock = hasCapsLock
        self.grabs = grabs
        self.caution = caution
        self.spellsKeys = spellsKeys
        self.lengthLimit = lengthLimit
    }
}
