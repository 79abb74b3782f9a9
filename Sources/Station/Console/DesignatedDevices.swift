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

    /// Keeps the choice for the next start, also for what the configuration file names.
    func keepDisabled(_ name: DeviceName, _ isDisabled: Bool) throws {
        try designations.withLock { designations in
            if designations.devices.contains(where: { $0.name == name }) {
                try designations.setDisabled(name, isDisabled)
            } else {
                try designations.setDisabled(configured: name, isDisabled)
            }
        }
    }
}
