public import Bundles
public import Devices
public import DriverKit
public import Logging
public import Pipeline
public import Scans
public import StationStorage
public import Syncing

/// What the routes work on: the parts of a running station.
public struct ConsoleContext: Sendable {
    public var facts: StationFacts
    public var store: StationStore
    public var intake: Intake
    /// What people decide is made in.
    public var life: Life
    public var bundles: OutboxBundles
    public var rules: InterpretationRules { intake.rules }
    /// The drivers that a device can be designated for.
    public var catalogue: [DriverKind]
    public var devices: DeviceSupervisor
    public var designated: DesignatedDevices
    public var link: LinkStatus
    public var enrolling: Enrolling
    /// Makes the synchronisation try the hub at once.
    public var urge: @Sendable () -> Void
    /// Signalled after everything that `GET /v1/events` shows.
    public var news: Broadcast
    /// To be called after something was stored past the intake.
    public var stored: @Sendable () -> Void
    /// Microseconds since 1970.
    public var clock: @Sendable () -> Int64
    public var notices: NoticeBoard
    public var metrics: StationMetrics
    /// How long a reader of events may take nothing.
    public var stallLimit = Duration.seconds(30)
    public var log: Logger

    public init(
        facts: StationFacts, store: StationStore, intake: Intake, life: Life,
        bundles: OutboxBundles, catalogue: [DriverKind], devices: DeviceSupervisor,
        designated: DesignatedDevices,
        link: LinkStatus,
        enrolling: Enrolling, urge: @escaping @Sendable () -> Void, news: Broadcast,
        stored: @escaping @Sendable () -> Void, clock: @escaping @Sendable () -> Int64,
        notices: NoticeBoard, metrics: StationMetrics, log: Logger
    ) {
        self.facts = facts
        self.store = store
        self.intake = intake
        self.life = life
        self.bundles = bundles
        self.catalogue = catalogue
        self.devices = devices
        self.designated = designated
        self.link = link
        self.enrolling = enrolling
        self.urge = urge
        self.news = news
        self.stored = stored
        self.clock = clock
        self.notices = notices
        self.metrics = metrics
        self.log = log
    }
}

/// What stays the same while the daemon runs.
public struct StationFacts: Sendable, Equatable {
    public var name: String
    public var version: String
    public var stateDirectory: String
    public var incarnation: String
    /// Microseconds since 1970.
    public var started: Int64

    public init(
        name: String, version: String, stateDirectory: String, incarnation: String, started: Int64
    ) {
        self.name = name
        self.version = version
        self.stateDirectory = stateDirectory
        self.incarnation = incarnation
        self.started = started
    }
}
