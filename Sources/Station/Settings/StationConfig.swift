public import DriverKit
public import Feedback
public import ScanRules
public import Scans

/// What the configuration files say; without any, the defaults of every key.
public struct StationConfig: Sendable, Equatable {
    /// What people call this station.
    public var name = "station"
    /// Where the store lives. nil: where the service manager or the system says.
    public var stateDirectory: String?
    public var workflow = WorkflowSettings()
    public var rules = InterpretationRules()
    /// Asked before anybody looks at what a code means.
    public var scanRules = RuleSet()
    public var feedback = FeedbackSettings()
    public var console = ConsoleSettings()
    public var login = LoginOptions()
    public var sync = SyncOptions()
    public var store = StoreOptions()
    public var logLevel = LogLevel.info
    /// In the order of the files. Names and locations are unique.
    public var devices: [ConfiguredDevice] = []

    /// Kept apart, because `repeat` and `repeat-window-milliseconds` come in any order.
    var repeats = RepeatOptions() {
        didSet { workflow.repeatPolicy = repeats.policy }
    }

    public init() {}
}

/// Where the local API listens beside its unix socket.
public struct ConsoleSettings: Sendable, Equatable {
    public var host = "127.0.0.1"
    /// 0: the unix socket only.
    public var port = 0
    /// Where other machines may use it; empty: nowhere.
    public var networkHost = ""
    public var networkPort = 8471

    public init() {}
}

/// What the file says of who may work at the station.
public struct LoginOptions: Sendable, Equatable {
    public var isRequired = false
    public var idleMinutes = 15

    public init() {}
}

/// What the file says of the way to the hub. The hub itself comes from enrolment.
public struct SyncOptions: Sendable, Equatable {
    public var backoffLimit = Duration.seconds(300)

    public init() {}
}

/// What the file says of how long things are kept.
public struct StoreOptions: Sendable, Equatable {
    public var keepDays = 14
    public var keepRecords = 200_000

    public init() {}
}

/// How much goes to the log; the names are those of swift-log.
public enum LogLevel: String, Sendable, CaseIterable {
    case trace, debug, info, notice, warning, error, critical
}

struct RepeatOptions: Sendable, Equatable {
    enum Choice: String, CaseIterable {
        case count, ignore, ask
    }

    var choice = Choice.count
    var windowMilliseconds = 500

    var policy: RepeatPolicy {
        let window = Duration.milliseconds(windowMilliseconds)
        return switch choice {
        case .count: .count
        case .ignore: .ignoreWithin(window)
        case .ask: .askWithin(window)
        }
    }
}
