import CLinux
import Glibc

/// The kernel's clocks.
public enum SystemTime {
    /// Since some moment of this boot; only runs forward.
    public static var monotonic: Duration { read(CLOCK_MONOTONIC) }

    /// Since this boot; runs on while the machine sleeps, and never back.
    public static var sinceBoot: Duration { read(CLOCK_BOOTTIME) }

    /// Since 1970, by a clock that may be wrong.
    public static var wall: Duration { read(CLOCK_REALTIME) }

    /// Whether something keeps the wall clock right. nil: the kernel doesn't say.
    public static var isSynchronised: Bool? {
        let answer = clinux_clock_is_synchronised()
        return answer < 0 ? nil : answer == 1
    }

    private static func read(_ clock: clockid_t) -> Duration {
        var time = timespec()
        clock_gettime(clock, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }
}

extension Duration {
    /// Whole microseconds; the rest is cut off.
    public var microseconds: Int64 {
        components.seconds * 1_000_000 + components.attoseconds / 1_000_000_000_000
    }
}
