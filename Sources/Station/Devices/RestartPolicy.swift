/// How long to wait before a failed driver is tried again.
///
/// Pure. 0.5 s, doubling to 8 s. What lies outside (a busy port, a missing permission) is tried at
/// that pace for ever; a driver that itself fails five times in a row is put in quarantine and
/// tried every 5 minutes. A device that was pulled is tried after 0.5 s, and then looked for. A
/// minute of reading, a replug or a person wipes the slate clean.
public struct RestartPolicy: Sendable, Equatable {
    public struct Limits: Sendable, Equatable {
        public var first: Duration
        public var longest: Duration
        public var quarantine: Duration
        /// How many failures in a row lead into quarantine.
        public var failureLimit: Int
        /// Reading for so long ends a row of failures.
        public var steady: Duration
        /// What goes sooner was never there, whatever the driver calls it.
        public static let open = Duration.milliseconds(100)

        public init(
            first: Duration = .milliseconds(500), longest: Duration = .seconds(8),
            quarantine: Duration = .seconds(300), failureLimit: Int = 5,
            steady: Duration = .seconds(60)
        ) {
            self.first = first
            self.longest = longest
            self.quarantine = quarantine
            self.failureLimit = failureLimit
            self.steady = steady
        }
    }

    public enum Cause: Sendable {
        /// The driver, or the device as it is.
        case failure
        /// Something that a person will change without telling us.
        case circumstance
        /// Pulled while it was read.
        case unplugged
    }

    public let limits: Limits
    public private(set) var tries = 0
    public private(set) var failures = 0

    public init(limits: Limits = Limits()) {
        self.limits = limits
    }

    public var isQuarantined: Bool { failures >= limits.failureLimit }

    /// Counts an attempt that ended after `duration` of reading; says how long to wait.
    public mutating func next(after cause: Cause, reading duration: Duration) -> Duration {
        if duration >= limits.steady { reset() }
        if case .unplugged = cause, duration >= Limits.open { return limits.first }
        if case .failure = cause { failures += 1 }
        defer { tries += 1 }
        return isQuarantined ? limits.quarantine : pace
    }

    public mutating func reset() {
        (tries, failures) = (0, 0)
    }

    private var pace: Duration { min(limits.longest, limits.first * (1 << min(tries, 20))) }
}
