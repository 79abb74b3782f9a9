import DriverKit
import Scans

/// Collects the `[[device]]` tables of several files and keeps their names and locations unique.
struct DeviceReader {
    let catalogue: [DriverKind]
    private(set) var devices: [ConfiguredDevice] = []
    private var origins: [String] = []

    init(catalogue: [DriverKind]) {
        self.catalogue = catalogue
    }

    mutating func read(_ source: ConfigSource) throws(ConfigError) {
        guard let value = source.root[DeviceKey.table] else { return }
        guard case .list(let tables) = value else { throw notAList(source) }
        for (index, table) in tables.enumerated() {
            guard case .table(let values) = table else { throw notAList(source) }
            let path = [DeviceKey.table, KeyLines.step(index)]
            let device = try DeviceTable(source: source, path: path, values: values)
                .device(of: catalogue)
            try refuseTwins(of: device, source, path)
            devices.append(device)
            origins.append(source.file)
        }
    }

    private func notAList(_ source: ConfigSource) -> ConfigError {
        source.error(
            .wrongType, at: [DeviceKey.table],
            "Each device is a table of its own: write [[device]] above its keys.")
    }

    private func refuseTwins(
        of device: ConfiguredDevice, _ source: ConfigSource, _ path: [String]
    ) throws(ConfigError) {
        for (other, file) in zip(devices, origins) {
            if other.name == device.name {
                throw source.error(
                    .duplicateDevice, at: path + [DeviceKey.name.rawValue],
                    "There is another device of the name '\(device.name)', in \(file).")
            }
            if other.location == device.location {
                throw source.error(
                    .duplicateDevice, at: path,
                    "The device '\(other.name)' in \(file) is found at the same place; "
                        + "tell them apart by serial or port-path.")
            }
        }
    }
}
