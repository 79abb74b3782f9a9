import Glibc

/// Writing to a program that has gone: an error, not the end of ours.
public enum BrokenPipes {
    private static let isIgnored: Void = { signal(SIGPIPE, SIG_IGN) }()

    /// For the whole process; once is enough.
    public static func ignore() {
        isIgnored
    }
}
