public import LinuxIO

extension KeystrokeDecoder {
    /// Why a line was thrown away.
    public enum Reason: Sendable, Equatable {
        case eventsLost
        case tooLong(limitBytes: Int)
        case unmapped(Key)
        /// `Alt+0300`: no character.
        case altCode(String)
        case prefixMissing(String)
        /// The line has no ending, though earlier ones had.
        case unfinished

        /// Follows from what was typed, and may repeat within one line.
        var isAboutKeys: Bool {
            switch self {
            case .unmapped, .altCode: true
            case .eventsLost, .tooLong, .prefixMissing, .unfinished: false
            }
        }
    }
}

extension KeystrokeDecoder.Reason {
    /// Stable: for logs, metrics and documentation.
    public var code: String {
        switch self {
        case .eventsLost: "events-lost"
        case .tooLong: "line-too-long"
        case .unmapped: "unmapped-key"
        case .altCode: "alt-code"
        case .prefixMissing: "prefix-missing"
        case .unfinished: "line-unfinished"
        }
    }

    /// One sentence for people.
    public var sentence: String {
        switch self {
        case .eventsLost: "The scanner typed faster than this machine could read; scan it again."
        case .tooLong(let limit): "The code is longer than \(limit) bytes."
        case .unmapped(let key):
            "The scanner typed '\(key)', which is no character of its layout; check the layout."
        case .altCode(let name): "The scanner typed \(name), which is no character."
        case .prefixMissing(let prefix):
            "The code does not begin with the prefix '\(prefix)'; scan it again."
        case .unfinished: "The code ended without the key that ends the others; scan it again."
        }
    }
}
