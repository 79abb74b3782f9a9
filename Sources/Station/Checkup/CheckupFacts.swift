public import LocalAPI

/// All that an examination goes by. Whoever gathers it decides nothing.
public struct CheckupFacts: Sendable {
    public var machine: MachineFacts
    public var station: StationSight
    /// Where the state folder lies; nil: there is none.
    public var volume: Volume?
    public var stateDirectory: String
    /// Designated devices, as the daemon tells of them, or as the files do.
    public var devices: [Device]
    /// nil: the station has no hub, or nobody knows it.
    public var hub: HubSight?
    /// By name, those that were looked for.
    public var programs: [String: Program]
    /// nil: it was not listened to.
    public var microphone: Microphone?

    public init(
        machine: MachineFacts, station: StationSight, volume: Volume?, stateDirectory: String,
        devices: [Device], hub: HubSight?, programs: [String: Program],
        microphone: Microphone? = nil
    ) {
        self.machine = machine
        self.station = station
        self.volume = volume
        self.stateDirectory = stateDirectory
        self.devices = devices
        self.hub = hub
        self.programs = programs
        self.microphone = microphone
    }
}

/// How the daemon was found.
public enum StationSight: Sendable {
    case answers(StatusReport, store: StoreReport)
    /// It does not run, or may not be talked to.
    case silent(isForbidden: Bool, socket: String)
}

/// How the hub was found from here, by a call of its own.
public struct HubSight: Sendable, Equatable {
    public enum Answer: Sendable, Equatable {
        /// How far our clock is ahead of the hub's; nil: it did not tell.
        case reached(clockAheadSeconds: Int?)
        case wrongKey
        case untrusted(String)
        case silent(String)
    }

    public var url: String
    public var answer: Answer

    public init(url: String, answer: Answer) {
        (self.url, self.answer) = (url, answer)
    }
}

extension CheckupFacts {
    public struct Volume: Sendable, Equatable {
        public var freeBytes: UInt64
        /// 0: the file system doesn't count them.
        public var inodes: UInt64
        public var freeInodes: UInt64

        public init(freeBytes: UInt64, inodes: UInt64, freeInodes: UInt64) {
            self.freeBytes = freeBytes
            self.inodes = inodes
            self.freeInodes = freeInodes
        }
    }

    public struct Device: Sendable, Equatable {
        public var name: String
        public var driver: String
        /// nil: it has no path of its own, and is not there now.
        public var node: String?
        /// What the daemon says of it; nil: it was not asked.
        public var report: DeviceReport?

        public init(name: String, driver: String, node: String?, report: DeviceReport? = nil) {
            self.name = name
            self.driver = driver
            self.node = node
            self.report = report
        }
    }

    public enum Program: Sendable, Equatable {
        case runs
        case missing
        case broken(String)
    }

    /// In decibels below the loudest that it can hear.
    public struct Microphone: Sendable, Equatable {
        public var peakDecibels: Double

        public init(peakDecibels: Double) {
            self.peakDecibels = peakDecibels
        }
    }
}
