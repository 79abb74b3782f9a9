import DriverKit
import Scans
public import Settings
import Synchronization

/// The devices that people designated, shared by all who may change them.
public final class DesignatedDevices: Sendable {
    private let designations: Mutex<Designations>

    public init(_ designations: Designations) {
        self.designations = Mutex(designations)
    }

    /// Durable when this returns. Throws `ConfigError`.
    func put(_ device: ConfiguredDevice) throws {
        try designations.withLock { try $0.put(device) }
    }

    /// Keeps the choice for the next start; what the configuration file names is decided there.
    func keepDisabled(_ name: DeviceName, _ isDisabled: Bool) throws {
        try designations.withLock { designations in
            guard designations.devices.contains(where: { $0.name == name }) else { return }
            try designations.setDisabled(name, isDisabled)
        }
    }
}
