import Glibc

/// Colours, where somebody can see them: on a terminal, and unless NO_COLOR says no.
enum Paint: String {
    case good = "32"
    case bad = "31"
    case notable = "33"
    case quiet = "2"
    case strong = "1"

    static let isUsed = isatty(STDOUT_FILENO) == 1 && getenv("NO_COLOR") == nil

    func callAsFunction(_ text: String) -> String {
        Paint.isUsed ? "\u{1B}[\(rawValue)m\(text)\u{1B}[0m" : text
    }

    /// For what the operator is told.
    init(signal: String) {
        switch signal {
        case "ok": self = .good
        case "error": self = .bad
        case "unknown": self = .notable
        default: self = .strong
        }
    }

    /// For a device's state.
    init(state: String) {
        switch state {
        case "reading": self = .good
        case "ready", "disabled": self = .quiet
        case "missing": self = .notable
        default: self = .bad
        }
    }
}
