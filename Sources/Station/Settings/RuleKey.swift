/// The keys of a `[[rules]]` table.
public enum RuleKey: String, Sendable, CaseIterable {
    case name, source, symbology
    case lengthFrom = "length-from"
    case lengthTo = "length-to"
    case match, replace, trim
    case stripStart = "strip-start"
    case stripEnd = "strip-end"
    case letters
    case padTo = "pad-to"
    case padWith = "pad-with"
    case prefix, suffix, reject, command
    case goesOn = "go-on"

    /// The name of the array of tables.
    static let table = "rules"
    /// In bytes, of every text but the pattern, which has its own.
    static let textLimit = 512
    /// In characters.
    static let lengthLimit = 65_536

    /// One sentence of documentation.
    public var summary: String {
        switch self {
        case .name: "What the trace calls it; the rules are asked in their order."
        case .source: "Only codes of these devices; \"dock-*\" takes every name that begins so."
        case .symbology: "Only codes of these symbologies, such as \"Code128\" or \"QR\"."
        case .lengthFrom: "Only codes of at least so many characters."
        case .lengthTo: "Only codes of at most so many characters."
        case .match: "Only codes in which this regular expression fits somewhere."
        case .replace: "Takes the place of what fitted; $1 is its first group, $0 all of it."
        case .trim: "Takes white space off both ends."
        case .stripStart: "Takes so many characters off the beginning."
        case .stripEnd: "Takes so many characters off the end."
        case .letters: "Makes all letters \"upper\" or \"lower\"."
        case .padTo: "Fills up at the beginning to so many characters."
        case .padWith: "What to fill up with."
        case .prefix: "Put before the rest."
        case .suffix: "Put behind the rest."
        case .reject: "Refuses the code, with this sentence."
        case .command: "Takes the code for this command, such as \"BATCH:CLOSE\"."
        case .goesOn: "Whether the rules after it are asked too."
        }
    }

    /// A value for the sample in the shipped file.
    var example: ConfigValue {
        switch self {
        case .name: .text("supplier labels")
        case .source: .list([.text("dock-*")])
        case .symbology: .list([.text("Code128")])
        case .lengthFrom: .integer(5)
        case .lengthTo: .integer(20)
        case .match: .text("^SUP-(.+)$")
        case .replace: .text("$1")
        case .trim, .goesOn: .boolean(false)
        case .stripStart, .stripEnd: .integer(0)
        case .letters: .text("upper")
        case .padTo: .integer(14)
        case .padWith: .text("0")
        case .prefix, .suffix: .text("")
        case .reject: .text("This label is the supplier's, scan ours.")
        case .command: .text("BATCH:CLOSE")
        }
    }
}
