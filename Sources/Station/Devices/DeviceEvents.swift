public import DriverKit
public import Scans

/// Where a supervisor's news go. Each is called on a thread that must not be held up.
public struct DeviceEvents: Sendable {
    /// A capture, on the thread of its device. To be answered once.
    public var delivered: @Sendable (Delivery) -> Void
    /// A device's new state; for each device in the order in which they came to be.
    public var changed: @Sendable (DeviceStatus) -> Void
    /// A line was lost, and the operator should hear it.
    public var refused: @Sendable (DeviceName, Feedback) -> Void

    public init(
        delivered: @escaping @Sendable (Delivery) -> Void,
        changed: @escaping @Sendable (DeviceStatus) -> Void = { _ in },
        refused: @escaping @Sendable (DeviceName, Feedback) -> Void = { _, _ in }
    ) {
        self.delivered = delivered
        self.changed = changed
        self.refused = refused
    }
}

/// What one device said while somebody asked which scanner is which. It is not stored.
public struct HeardScan: Sendable, Equatable {
    public var device: DeviceDescriptor
    public var driver: DriverName
    /// Made harmless and cut short.
    public var text: String
    /// nil: the driver does not know lines.
    public var ending: LineTrace.Ending?
    /// From the first byte or key to the last.
    public var span: Duration?
    /// It is one of the station's devices, by the name in `device`.
    public var isDesignated: Bool

    public init(
        device: DeviceDescriptor, driver: DriverName, text: String, ending: LineTrace.Ending?,
        span: Duration?, isDesignated: Bool = false
    ) {
        self.isDesignated = isDesignated
        self.device = device
        self.driver = driver
        self.text = text
        self.ending = ending
        self.span = span
    }
}

/// What can't be asked of a supervisor.
public enum DeviceError: Error, Equatable, CustomStringConvertible {
    case unknownDevice(DeviceName)
    case unknownDriver(DriverName, device: DeviceName)
    /// Nothing in it can beep or light up, or it is not read now.
    case cannotLocate(DeviceName)

    /// Stable and documented.
    public var code: String {
        switch self {
        case .unknownDevice: "unknown-device"
        case .unknownDriver: "unknown-driver"
        case .cannotLocate: "cannot-locate"
        }
    }

    public var description: String {
        switch self {
        case .unknownDevice(let name): "There is no device of the name '\(name)'."
        case .unknownDriver(let driver, let device):
            "Device '\(device)' asks for the driver '\(driver)', which this program does not have."
        case .cannotLocate(let name):
            "Device '\(name)' can't be made to beep or light up."
        }
    }
}
