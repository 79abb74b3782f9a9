public import Scans

/// What a device is doing, or what keeps it from doing it.
public enum DeviceState: Sendable, Equatable, CustomStringConvertible {
    /// Its node is there and about to be opened.
    case ready
    /// Open; what it says comes through.
    case reading
    case missing
    /// Switched off by a person, or by the panic chord.
    case disabled
    case busy
    case noPermission
    case failed(DriverFault.Code)

    public init(_ code: DriverFault.Code) {
        switch code {
        case .missing, .unplugged: self = .missing
        case .busy: self = .busy
        case .noPermission: self = .noPermission
        case .panicChord, .typedByHand: self = .disabled
        default: self = .failed(code)
        }
    }

    /// Stable: `ready`, `no-permission`, `failed`.
    public var name: String {
        switch self {
        case .ready: "ready"
        case .reading: "reading"
        case .missing: "missing"
        case .disabled: "disabled"
        case .busy: "busy"
        case .noPermission: "no-permission"
        case .failed: "failed"
        }
    }

    public var description: String {
        if case .failed(let code) = self { "failed(\(code.rawValue))" } else { name }
    }
}

/// A device's state with its reason and, where there is something to do, what.
public struct DeviceStatus: Sendable, Equatable {
    public var device: DeviceName
    public var driver: DriverName
    public var state: DeviceState
    /// One sentence.
    public var reason: String
    /// One sentence, or empty when nothing is wrong.
    public var fix: String
    /// Where it was found; nil while it is missing.
    public var node: String?
    /// Of its driver's process. nil: it has none, or is not open.
    public var confinement: DeviceConfinement?

    public init(
        device: DeviceName, driver: DriverName, state: DeviceState, reason: String,
        fix: String = "", node: String? = nil, confinement: DeviceConfinement? = nil
    ) {
        self.confinement = confinement
        self.device = device
        self.driver = driver
        self.state = state
        self.reason = reason
        self.fix = fix
        self.node = node
    }
}
