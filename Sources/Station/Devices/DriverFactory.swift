import DriverKit
import Scans

/// Makes drivers by their names in the catalogue.
struct DriverFactory: Sendable {
    let kinds: [DriverName: DriverKind]
    /// The words that start a driver process, before the driver's name.
    let program: [String]

    init(catalogue: [DriverKind], program: [String]) {
        kinds = Dictionary(catalogue.map { ($0.name, $0) }) { first, _ in first }
        self.program = program
    }

    func kind(for device: ConfiguredDevice) throws(DeviceError) -> DriverKind {
        guard let kind = kinds[device.driver] else {
            throw .unknownDriver(device.driver, device: device.name)
        }
        return kind
    }

    func driver(for device: ConfiguredDevice) throws -> any Driver {
        let kind = try kind(for: device)
        if kind.isSeparate || device.placement == .process {
            return ProcessDriver(kind: kind, options: device.options, program: program)
        }
        return try kind.make(device.options)
    }

    /// What listens to a device that nobody designated, without grabbing it.
    func listeners(
        for node: DeviceNode, calibrating: Bool = false
    ) -> [(kind: DriverKind, driver: any Driver)] {
        kinds.values.filter { $0.subsystem == node.subsystem && !$0.isSeparate }
            .sorted { $0.name.rawValue < $1.name.rawValue }
            .compactMap { kind in
                guard let options = calibrating ? kind.calibrationOptions : kind.listeningOptions
                else { return nil }
                // A driver that needs an option can't listen to what nobody described.
                return (try? kind.make(options)).map { (kind, $0) }
            }
    }

    /// Whether some driver would listen to it: a keyboard by its keys, others by a driver's claim.
    func isCandidate(_ node: DeviceNode) -> Bool {
        let descriptor = DeviceDescriptor(candidate: node)
        return listeners(for: node).contains { _, driver in
            node.subsystem == .input
                ? node.typesText : driver.claim(descriptor).map { $0 >= .generic } ?? false
        }
    }
}

extension DeviceDescriptor {
    init(candidate node: DeviceNode) {
        self.init(
            name: DeviceName(rawValue: node.name), designatedDriver: nil, node: node.path,
            subsystem: node.subsystem, identity: node.identity)
    }

    init(_ device: ConfiguredDevice, at node: DeviceNode) {
        self.init(
            name: device.name, designatedDriver: device.driver, node: node.path,
            subsystem: node.subsystem, identity: node.identity, options: device.options)
    }
}
