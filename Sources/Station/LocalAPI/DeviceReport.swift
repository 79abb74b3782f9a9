/// `GET /v1/devices`.
public struct DeviceList: Codable, Sendable, Equatable {
    public var devices: [DeviceReport]

    public init(devices: [DeviceReport]) {
        self.devices = devices
    }
}

/// One designated device: what it is doing, or what keeps it from doing it.
public struct DeviceReport: Codable, Sendable, Equatable {
    public var name: String
    public var driver: String
    /// `ready`, `reading`, `missing`, `disabled`, `busy`, `no-permission` or `failed`.
    public var state: String
    /// Of the fault, when it failed.
    public var code: String?
    public var reason: String
    /// What to do; empty when nothing is wrong.
    public var fix: String
    public var node: String?
    /// What keeps its driver's process from all that it does not need: `landlock 7, seccomp`. Absent
    /// where it has no process of its own, is not open, or did not say.
    public var confined: String?
    /// What of that the kernel lacks, with the reasons.
    public var unconfined: String?

    public init(
        name: String, driver: String, state: String, code: String?, reason: String, fix: String,
        node: String?, confined: String? = nil, unconfined: String? = nil
    ) {
        self.confined = confined
        self.unconfined = unconfined
        self.name = name
        self.driver = driver
        self.state = state
        self.code = code
        self.reason = reason
        self.fix = fix
        self.node = node
    }
}

extension DeviceReport {
    /// All that there are.
    public static let states = [
        "ready", "reading", "missing", "disabled", "busy", "no-permission", "failed",
    ]
}

/// `POST /v1/devices/identify`: listen to everything that could be a scanner.
public struct IdentifyRequest: Codable, Sendable, Equatable {
    public static let secondsLimit = 300
    public static let pathsLimit = 16

    /// How long to listen.
    public var seconds: Int
    /// Terminals and event nodes to listen to although nothing says that they could be scanners.
    public var paths: [String]?
    /// Hear keyboards alone, key by key: the text of what is heard is in the words of recordings.
    public var calibrate: Bool?
    /// The name of a device: it or one of its twins is heard as well, once, and not stored. With
    /// `calibrate`: it alone, key by key.
    public var `as`: String?

    public init(
        seconds: Int, paths: [String]? = nil, calibrate: Bool? = nil, as name: String? = nil
    ) {
        self.as = name
        self.seconds = seconds
        self.paths = paths
        self.calibrate = calibrate
    }
}

/// Event `listening` of identify: what is listened to.
public struct CandidateList: Codable, Sendable, Equatable {
    public var candidates: [CandidateReport]

    public init(candidates: [CandidateReport]) {
        self.candidates = candidates
    }
}

/// A device that may be a scanner, by what it says of itself.
public struct CandidateReport: Codable, Sendable, Equatable {
    public var node: String
    public var product: String?
    public var vendorID: UInt16?
    public var productID: UInt16?
    public var serial: String?
    public var portPath: String?

    public init(
        node: String, product: String?, vendorID: UInt16?, productID: UInt16?, serial: String?,
        portPath: String?
    ) {
        self.node = node
        self.product = product
        self.vendorID = vendorID
        self.productID = productID
        self.serial = serial
        self.portPath = portPath
    }
}

/// Event `heard` of identify: somebody scanned, and this is what came.
public struct HeardReport: Codable, Sendable, Equatable {
    public var device: CandidateReport
    public var driver: String
    /// Safe to print.
    public var text: String
    /// What ended the line: `CR`, `Enter`; absent when nothing did.
    public var ending: String?
    /// From its first to its last byte or key.
    public var milliseconds: Int?
    /// The name by which it is one of the station's devices already.
    public var designated: String?

    public init(
        device: CandidateReport, driver: String, text: String, ending: String?, milliseconds: Int?,
        designated: String? = nil
    ) {
        self.designated = designated
        self.device = device
        self.driver = driver
        self.text = text
        self.ending = ending
        self.milliseconds = milliseconds
    }
}

/// `POST /v1/devices/{name}/move`: from now on this is the device of that name.
public struct MoveRequest: Codable, Sendable, Equatable {
    public var device: CandidateReport
    /// Options of its driver that change; the others stay.
    public var options: [String: String]?

    public init(device: CandidateReport, options: [String: String]? = nil) {
        self.device = device
        self.options = options
    }
}

/// `POST /v1/devices`: from now on this is one of the station's scanners.
public struct DesignateRequest: Codable, Sendable, Equatable {
    public var name: String
    public var driver: String
    public var device: CandidateReport
    /// Options of the driver, each written as in the configuration but without quotation marks.
    public var options: [String: String]?

    public init(
        name: String, driver: String, device: CandidateReport,
        options: [String: String]? = nil
    ) {
        self.name = name
        self.driver = driver
        self.device = device
        self.options = options
    }
}
