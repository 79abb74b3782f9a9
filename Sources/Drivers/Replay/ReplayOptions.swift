/// How a file is played.
public struct ReplayOptions: Sendable, Equatable {
    public enum Format: String, Sendable, CaseIterable {
        /// By the name: `*.recording` is a recording, everything else holds codes.
        case auto
        /// One code a line.
        case codes
        case recording

        func resolved(for path: String) -> Format {
            guard self == .auto else { return self }
            return path.hasSuffix(".recording") ? .recording : .codes
        }
    }

    public var format: Format
    /// Between two codes.
    public var interval: Duration
    /// Begins again at the end of a file. A FIFO has none.
    public var repeats: Bool
    /// In bytes, of one line of the file.
    public var lengthLimit: Int

    public init(
        format: Format = .auto, interval: Duration = .zero, repeats: Bool = false,
        lengthLimit: Int = 8192
    ) {
        self.format = format
        self.interval = interval
        self.repeats = repeats
        self.lengthLimit = lengthLimit
    }
}
