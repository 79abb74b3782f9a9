/// A way to read one family of devices: a value that keeps nothing between devices.
public protocol Driver: Sendable {
    /// Stable: stands in configuration, logs and stored scans.
    var name: DriverName { get }
    /// Whether this driver can read the device, by looks alone. nil declines.
    func claim(_ device: DeviceDescriptor) -> Claim?
    /// Opens the device, reads until the session is stopped, closes it. Blocks.
    func read(_ session: DeviceSession) throws
}

/// How sure a driver is that a device is its own.
public enum Claim: Int, Sendable, Comparable {
    case fallback, generic, certain

    public static func < (one: Claim, other: Claim) -> Bool { one.rawValue < other.rawValue }
}

/// The name of a driver: `serial`, `wedge`.
public struct DriverName: Hashable, Sendable, Codable, RawRepresentable,
    ExpressibleByStringLiteral, CustomStringConvertible
{
    public var rawValue: String

    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    public init(stringLiteral rawValue: String) {
        self.rawValue = rawValue
    }

    public var description: String { rawValue }
}
