import Replication
import WebPages

/// A time as people say it, with the exact one behind it.
enum When {
    /// Both in microseconds since 1970.
    static func html(_ time: Int64?, now: Int64) -> HTML {
        guard let time else { return "<span class=\"quiet\">never</span>" }
        let text = HybridTime(rawValue: time).text
        return "<time datetime=\"\(text)\" title=\"\(text)\">\(words(time, now: now))</time>"
    }

    static func words(_ time: Int64, now: Int64) -> String {
        let seconds = (now - time) / 1_000_000
        switch seconds {
        case ..<(-60): return "in \(span(-seconds))"
        case ..<60: return "just now"
        default: return "\(span(seconds)) ago"
        }
    }

    private static func span(_ seconds: Int64) -> String {
        switch seconds {
        case ..<3600: counted(seconds / 60, "minute")
        case ..<86_400: counted(seconds / 3600, "hour")
        default: counted(seconds / 86_400, "day")
        }
    }

    static func counted(_ number: some BinaryInteger, _ one: String) -> String {
        number == 1 ? "1 \(one)" : "\(number) \(one)s"
    }
}
