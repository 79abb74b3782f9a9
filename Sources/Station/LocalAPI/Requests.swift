/// `POST /v1/commands`: the text of a command code, with its prefix or without.
public struct CommandRequest: Codable, Sendable, Equatable {
    /// `BATCH:OPEN`
    public var command: String
    public var `operator`: String?

    public init(command: String, operator: String? = nil) {
        self.command = command
        self.operator = `operator`
    }
}

/// `POST /v1/scans`: a code that no scanner of the station's read.
public struct ScanRequest: Codable, Sendable, Equatable {
    public var code: String
    /// Who reads; absent: `api`.
    public var device: String?
    public var `operator`: String?

    public init(code: String, device: String? = nil, operator: String? = nil) {
        self.code = code
        self.device = device
        self.operator = `operator`
    }
}

/// What became of a scan or a command: stored, and then what the operator is told.
public struct ReceiptReport: Codable, Sendable, Equatable {
    /// Of the intake record.
    public var sequence: Int64
    /// `ok`, `unknown`, `done`, `batch` or `error`.
    public var signal: String
    public var code: String?
    public var message: String

    public init(sequence: Int64, signal: String, code: String?, message: String) {
        self.sequence = sequence
        self.signal = signal
        self.code = code
        self.message = message
    }
}

/// `POST /v1/enrol`: the hub's address and the one-time code that an admin gave.
public struct EnrolRequest: Codable, Sendable, Equatable {
    public var hubURL: String
    public var code: String
    /// Of the hub's TLS key, `sha256//...`; absent: an authority vouches for the hub.
    public var pin: String?
    /// What people call the station; absent: as it is configured.
    public var name: String?

    public init(hubURL: String, code: String, pin: String? = nil, name: String? = nil) {
        self.hubURL = hubURL
        self.code = code
        self.pin = pin
        self.name = name
    }
}

public struct EnrolReport: Codable, Sendable, Equatable {
    /// The station's name for life.
    public var station: String
    public var tenant: String
    public var hubURL: String
    /// What a person should know of the way to the hub.
    public var warning: String?

    public init(station: String, tenant: String, hubURL: String, warning: String? = nil) {
        self.station = station
        self.tenant = tenant
        self.hubURL = hubURL
        self.warning = warning
    }
}
