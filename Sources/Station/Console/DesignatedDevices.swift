public import DriverKit
import Scans
public import Settings
import Synchronization

/// The devices that people designated, shared by all who may change them.
public final class DesignatedDevices: Sendable {
    private let designations: Mutex<Designations>
    private let changed: @Sendable (Designations) -> Void

    /// `changed` is called after every change, and must not take long.
    public init(
        _ designations: Designations,
        changed: @escaping @Sendable (Designations) -> Void = { _ in }
    ) {
        self.designations = Mutex(designations)
        self.changed = changed
    }

    /// What to read, of these and of the configuration.
    public func merged(with config: StationConfig) -> [ConfiguredDevice] {
        designations.withLock { $0.merged(with: config) }
    }

    /// To be called when the configuration changed beside them.
    public func markAnew() {
        designations.withLock { changed($0) }
    }

    /// Durable when this returns. Throws `ConfigError`.
    func put(_ device: ConfiguredDevice) throws {
        try designations.withLock { designations in
            try designations.put(device)
            changed(designations)
        }
    }

    /// The same for several at once, which are there already: all of them or none.
    func replace(_ devices: [ConfiguredDevice]) throws {
        try designations.withLock { designations in
            try designations.replace(devices)
            changed(designations)
        }
    }

    /// Whether people designated it, and no configuration file did.
    func holds(_ name: DeviceName) -> Bool {
        designations.withLock { $0.devices.contains { $0.name == name } }
    }

    /// Keeps the choice for the next start, also for what the configuration file names.
    func keepDisabled(_ name: DeviceName, _ isDisabled: Bool) throws {
        try designations.withLock { designations in
            if designations.devices.contains(where: { $0.name == name }) {
                try designations.setDisabled(name, isDisabled)
            } else {
                try designations.setDisabled(configured: name, isDisabled)
            }
            changed(designations)
        }
    }
}
