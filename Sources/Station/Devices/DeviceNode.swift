public import DriverKit
import Glibc
import LinuxIO

/// A node that is there, and what is known about the thing behind it.
struct DeviceNode: Sendable, Equatable {
    /// Without links.
    var path: String
    var subsystem: DeviceDescriptor.Subsystem
    var identity = DeviceIdentity()
    var typesText = false

    init?(_ device: UdevDevice) {
        guard let subsystem = DeviceDescriptor.Subsystem(rawValue: device.subsystem) else {
            return nil
        }
        path = device.node
        self.subsystem = subsystem
        typesText = device.typesText
        identity = DeviceIdentity(
            product: device.name, vendorID: device.vendorID, productID: device.productID,
            serial: device.serial, portPath: device.portPath)
    }

    /// A path that somebody named. nil: there is nothing, or a link to nothing.
    init?(path: String) {
        guard let target = Self.target(of: path) else { return nil }
        self.path = target
        subsystem = Self.subsystem(of: target)
    }

    /// `ttyACM0`.
    var name: String { path.split(separator: "/").last.map(String.init) ?? path }

    var isThere: Bool { access(path, F_OK) == 0 || errno != ENOENT }

    private static func target(of path: String) -> String? {
        guard let resolved = realpath(path, nil) else {
            // What may not be looked at is there; the driver will say that it may not.
            return errno == EACCES ? path : nil
        }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    private static func subsystem(of path: String) -> DeviceDescriptor.Subsystem {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFCHR else { return .other }
        if path.hasPrefix("/dev/video") { return .video }
        return path.hasPrefix("/dev/input/") ? .input : .tty
    }
}

extension DeviceDescriptor {
    /// How to find this device again: by its serial number, else by the socket it sits in, else by
    /// its node.
    public var stableLocation: ConfiguredDevice.Location {
        if let serial = identity.serial {
            return .identity(
                DeviceMatch(
                    vendorID: identity.vendorID, productID: identity.productID, serial: serial))
        }
        if let portPath = identity.portPath {
            return .identity(
                DeviceMatch(
                    vendorID: identity.vendorID, productID: identity.productID,
                    portPath: portPath))
        }
        return .path(node)
    }
}
