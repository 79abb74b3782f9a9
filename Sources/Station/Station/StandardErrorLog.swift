import Glibc
public import Logging
import Synchronization

/// Writes the log to standard error: a line an event, with the priority that journald takes from
/// its beginning when the journal listens (sd-daemon(3)), and with its name when a person does.
public struct StandardErrorLog: LogHandler {
    /// Of this logger; nil: that of all.
    private var ownLevel: Logger.Level?
    private let level: StandingLevel
    public var metadata: Logger.Metadata = [:]
    private let isForJournal: Bool

    /// Asks the environment who listens.
    public init(level: StandingLevel) {
        self.level = level
        isForJournal = getenv("JOURNAL_STREAM") != nil
    }

    public var logLevel: Logger.Level {
        get { ownLevel ?? level.value }
        set { ownLevel = newValue }
    }

    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    public func log(event: LogEvent) {
        var line = isForJournal ? "<\(event.level.priority)>" : "\(event.level): "
        line += "\(event.message)"
        let all = metadata.merging(event.metadata ?? [:]) { $1 }
        for (key, value) in all.sorted(by: { $0.key < $1.key }) {
            line += " \(key)=\(value)"
        }
        let bytes = Array(Self.harmless(line).utf8) + [UInt8(ascii: "\n")]
        // Nobody is left to be told if this fails.
        _ = write(STDERR_FILENO, bytes, bytes.count)
    }

    /// One line stays one line, whatever a device or a hub put into it.
    private static func harmless(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { scalar in
                    scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value)
                        ? "\u{FFFD}" : scalar
                }))
    }
}

/// How much is said, for all loggers that nobody told otherwise; can change at any time.
public final class StandingLevel: Sendable {
    private let level: Mutex<Logger.Level>

    public init(_ level: Logger.Level) {
        self.level = Mutex(level)
    }

    public var value: Logger.Level { level.withLock { $0 } }

    public func set(_ level: Logger.Level) {
        self.level.withLock { $0 = level }
    }
}

extension Logger.Level {
    /// Of syslog(3).
    fileprivate var priority: Int {
        switch self {
        case .trace, .debug: 7
        case .info: 6
        case .notice: 5
        case .warning: 4
        case .error: 3
        case .critical: 2
        }
    }
}
