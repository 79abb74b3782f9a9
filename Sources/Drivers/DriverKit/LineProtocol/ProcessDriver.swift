/// Runs a driver in a process of its own, which may crash or hang alone.
///
/// The child opens the device; captures come from it and verdicts go back, one JSON object a line.
public struct ProcessDriver: Driver {
    /// How long a child may give no sign of life. Its driver shows one every second.
    public static let defaultWatchdogLimit = Duration.seconds(5)
    /// How long a child may take to close its device when asked to.
    public static let defaultStopLimit = Duration.seconds(5)

    public var name: DriverName { kind.name }
    private let kind: DriverKind
    private let options: [String: OptionValue]
    private let program: [String]
    private let watchdogLimit: Duration
    private let stopLimit: Duration

    /// `program` is started with the driver's name as its last argument.
    public init(
        kind: DriverKind, options: [String: OptionValue], program: [String],
        watchdogLimit: Duration = ProcessDriver.defaultWatchdogLimit,
        stopLimit: Duration = ProcessDriver.defaultStopLimit
    ) {
        self.kind = kind
        self.options = options
        self.program = program
        self.watchdogLimit = watchdogLimit
        self.stopLimit = stopLimit
    }

    public func claim(_ device: DeviceDescriptor) -> Claim? {
        // Wrong options are for `read` to report; a driver that cannot be made claims nothing.
        (try? kind.make(options))?.claim(device)
    }

    public func read(_ session: DeviceSession) throws {
        _ = try kind.make(options)
        var device = session.device
        device.options = options
        let limits = DriverConversation.Limits(watchdog: watchdogLimit, stop: stopLimit)
        var conversation = try DriverConversation(
            starting: program + [name.rawValue], driver: name, session: session, limits: limits)
        try conversation.run(device)
    }
}
