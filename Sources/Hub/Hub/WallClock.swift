import LinuxIO

/// The machine's clock.
public enum WallClock {
    /// Microseconds since 1970.
    public static func microseconds() -> Int64 { SystemTime.wall.microseconds }
}
