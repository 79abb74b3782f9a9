import CLinux

/// How this process was started, by what the kernel left in its memory.
///
/// A process whose files are confined finds no words of its own: Swift looks for them in /proc.
public enum ProgramStart {
    /// The path that was to be run. nil: the kernel doesn't say.
    public static var path: String? {
        clinux_started_path().map { String(cString: $0) }
    }
}
