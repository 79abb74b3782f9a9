public import DriverKit
import Keymaps
import LinuxIO

extension WedgeDriver {
    public static let kind = DriverKind(
        name: "wedge", summary: "Scanners that type what they read, as a keyboard does.",
        options: [
            OptionKey(
                "layout", .choice(KeyboardLayout.names, default: "us"),
                "The keyboard it believes to be."),
            OptionKey(
                "ending", .choice(WedgeOptions.Ending.allCases.map(\.rawValue), default: "auto"),
                "What ends a code; cr is Enter, auto takes Enter, Tab or silence."),
            OptionKey(
                "quiet-gap-milliseconds", .integer(20...10_000, default: 250),
                "How long silence lasts that ends a code."),
            OptionKey(
                "prefix", .text(default: ""),
                "What every code begins with; taken off, and a code without it is refused."),
            OptionKey(
                "fnc1", .text(default: ""),
                "The character or key that stands for FNC1, where it is not Ctrl+] or Alt+029."),
            OptionKey(
                "caps-lock", .boolean(default: false), "It types for a host with Caps Lock on."),
            OptionKey(
                "grab", .boolean(default: true),
                "Keeps its keystrokes from every other program."),
            OptionKey(
                "guard", .choice(WedgeOptions.Caution.allCases.map(\.rawValue), default: "full"),
                "What it may not do: type by hand (full), shortcuts and floods (attacks)."),
            OptionKey(
                "spell-keys", .boolean(default: false),
                "Hand over the names of its keys in place of a text: for calibration."),
        ],
        subsystem: .input, listeningOptions: ["grab": .boolean(false), "guard": .text("off")],
        calibrationOptions: [
            "grab": .boolean(false), "guard": .text("off"), "spell-keys": .boolean(true),
        ],
        build: { WedgeDriver(options: try WedgeOptions($0)) })
}

extension WedgeOptions {
    init(_ table: OptionTable) throws(OptionError) {
        self.init(
            layout: try Self.layout(table.text("layout")),
            ending: Ending(rawValue: table.text("ending")) ?? .auto,
            quietGap: .milliseconds(table.integer("quiet-gap-milliseconds")),
            prefix: table.text("prefix"), fnc1: try Self.substitute(table.text("fnc1")),
            hasCapsLock: table.boolean("caps-lock"), grabs: table.boolean("grab"),
            caution: Caution(rawValue: table.text("guard")) ?? .full,
            spellsKeys: table.boolean("spell-keys"))
    }

    private static func layout(_ name: String) throws(OptionError) -> KeyboardLayout {
        do throws(KeymapError) {
            return try KeyboardLayout.named(name)
        } catch {
            throw .wrong(
                "layout", driver: "wedge", value: .text(name),
                expected: "a layout that is installed: \(error)")
        }
    }

    private static func substitute(_ text: String) throws(OptionError) -> Substitute? {
        if text.isEmpty { return nil }
        if let scalar = text.unicodeScalars.first, text.unicodeScalars.count == 1 {
            return .character(scalar)
        }
        if let key = Key(named: text) { return .key(key) }
        throw .wrong(
            "fnc1", driver: "wedge", value: .text(text),
            expected: "one character or the name of a key, such as \"f8\"")
    }
}
