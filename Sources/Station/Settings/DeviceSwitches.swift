import DriverKit
import Scans

/// The `[disabled]` table of `devices.toml`: devices of the configuration that somebody switched
/// off or on by a command, by name.
struct DeviceSwitches: Sendable, Equatable {
    static let table = "disabled"

    var isDisabled: [String: Bool] = [:]

    init() {}

    init(_ source: ConfigSource) throws(ConfigError) {
        guard let value = source.root[Self.table] else { return }
        guard case .table(let values) = value else {
            throw source.error(.wrongType, at: [Self.table], "This must be a table of devices.")
        }
        for (name, value) in values.sorted(by: { $0.key < $1.key }) {
            guard case .boolean(let isOff) = value else {
                throw source.error(
                    .wrongType, at: [Self.table, name],
                    "This is \(value.kind), but must be true or false.")
            }
            isDisabled[name] = isOff
        }
    }

    func applied(to device: ConfiguredDevice) -> ConfiguredDevice {
        guard let isOff = isDisabled[device.name.rawValue] else { return device }
        var device = device
        device.isDisabled = isOff
        return device
    }

    /// As the file writes it, with the line that the file begins with.
    var text: String {
        let lines = isDisabled.sorted { $0.key < $1.key }.map { name, isOff in
            "\(ConfigValue.text(name)) = \(isOff)\n"
        }
        return DeviceText.heading
            + (lines.isEmpty ? "" : "\n[\(Self.table)]\n" + lines.joined())
    }
}
