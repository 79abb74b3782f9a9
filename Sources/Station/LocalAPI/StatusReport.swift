/// `GET /v1/status`: how the station fares, in one answer.
public struct StatusReport: Codable, Sendable, Equatable {
    public var name: String
    public var version: String
    public var processID: Int32
    public var stateDirectory: String
    /// This run of the daemon, as operations name it.
    public var incarnation: String
    public var started: String
    public var mode: String
    public var place: String
    /// What the next item counts; absent: one.
    public var quantity: Int64?
    public var openBatch: BatchReport?
    public var link: LinkReport
    public var outbox: OutboxReport
    public var devices: [DeviceReport]
    /// Of the newest intake record; 0 before the first.
    public var lastSequence: Int64
    /// Absent before a hub told of one.
    public var catalogue: CatalogueStatus?

    public init(
        name: String, version: String, processID: Int32, stateDirectory: String,
        incarnation: String, started: String, mode: String, place: String, quantity: Int64?,
        openBatch: BatchReport?, link: LinkReport, outbox: OutboxReport,
        devices: [DeviceReport], lastSequence: Int64, catalogue: CatalogueStatus? = nil
    ) {
        self.name = name
        self.version = version
        self.processID = processID
        self.stateDirectory = stateDirectory
        self.incarnation = incarnation
        self.started = started
        self.mode = mode
        self.place = place
        self.quantity = quantity
        self.openBatch = openBatch
        self.link = link
        self.outbox = outbox
        self.devices = devices
        self.lastSequence = lastSequence
        self.catalogue = catalogue
    }
}

/// How the station stands with its hub.
public struct LinkReport: Codable, Sendable, Equatable {
    /// `not-enrolled`, `connecting`, `online` or `offline`.
    public var state: String
    /// Why it is offline.
    public var code: String?
    public var message: String?
    public var hubURL: String?
    /// What the hub calls the station.
    public var station: String?
    /// The only key that the hub may have; absent: an authority vouches for it.
    public var pin: String?

    public init(
        state: String, code: String? = nil, message: String? = nil, hubURL: String? = nil,
        station: String? = nil, pin: String? = nil
    ) {
        self.state = state
        self.code = code
        self.message = message
        self.hubURL = hubURL
        self.station = station
        self.pin = pin
    }
}

extension LinkReport {
    /// All that there are.
    public static let states = ["not-enrolled", "connecting", "online", "offline"]
}

/// `GET /readyz`: scans are taken. A hub that is away is said, and is no reason not to scan.
public struct ReadinessReport: Codable, Sendable, Equatable {
    public var healthy: Bool
    /// As in `LinkReport`.
    public var link: String
    /// Why it is offline.
    public var code: String?

    public init(healthy: Bool, link: String, code: String?) {
        self.healthy = healthy
        self.link = link
        self.code = code
    }
}

/// `GET /healthz`.
public struct HealthReport: Codable, Sendable, Equatable {
    public var healthy: Bool

    public init(healthy: Bool) {
        self.healthy = healthy
    }
}
