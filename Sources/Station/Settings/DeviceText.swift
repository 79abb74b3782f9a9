import DriverKit
import Scans

/// Devices as a file writes them.
enum DeviceText {
    static let heading =
        "# Kept by scanstationd. Change it with scanstationctl, or while the daemon is stopped.\n"

    static func tables(_ devices: [ConfiguredDevice]) -> String {
        devices.map { "\n" + table($0) }.joined()
    }

    static func table(_ device: ConfiguredDevice) -> String {
        var lines: [(String, ConfigValue)] = [
            (DeviceKey.name.rawValue, .text(device.name.rawValue)),
            (DeviceKey.driver.rawValue, .text(device.driver.rawValue)),
        ]
        lines += location(device.location)
        if device.placement == .process {
            lines.append((DeviceKey.process.rawValue, .boolean(true)))
        }
        if device.isDisabled { lines.append((DeviceKey.disabled.rawValue, .boolean(true))) }
        lines += device.options.sorted { $0.key < $1.key }.map { ($0.key, ConfigValue($0.value)) }
        let text = lines.map { "\($0.0) = \($0.1)\n" }.joined()
        return "[[\(DeviceKey.table)]]\n" + text
    }

    private static func location(_ location: ConfiguredDevice.Location) -> [(String, ConfigValue)] {
        switch location {
        case .path(let path): [(DeviceKey.path.rawValue, .text(path))]
        case .identity(let match):
            [
                (DeviceKey.vendorID, match.vendorID.map(hexadecimal)),
                (DeviceKey.productID, match.productID.map(hexadecimal)),
                (DeviceKey.serial, match.serial), (DeviceKey.portPath, match.portPath),
            ].compactMap { key, value in value.map { (key.rawValue, .text($0)) } }
        }
    }

    private static func hexadecimal(_ identifier: UInt16) -> String {
        let digits = String(identifier, radix: 16)
        return String(repeating: "0", count: 4 - digits.count) + digits
    }
}

extension ConfigValue {
    init(_ value: OptionValue) {
        switch value {
        case .text(let text): self = .text(text)
        case .integer(let number): self = .integer(number)
        case .boolean(let value): self = .boolean(value)
        }
    }
}
