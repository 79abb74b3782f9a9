public import DriverKit
public import Scans

/// The scanners that people designated by a command, in a file that the daemon keeps by itself.
///
/// The same `[[device]]` tables as in the configuration, which is read first and wins. Whether a
/// device of the configuration is read is the last thing that somebody said by a command.
public struct Designations: Sendable, Equatable {
    /// In the state directory.
    public static let fileName = "devices.toml"
    public static let countLimit = 256

    public let path: String
    public private(set) var devices: [ConfiguredDevice]
    /// Of devices that stand in the configuration.
    var switches = DeviceSwitches()

    /// No file yet: nobody has designated anything.
    public init(reading path: String, catalogue: [DriverKind]) throws(ConfigError) {
        self.path = path
        guard let text = try TextFile.read(path) else {
            devices = []
            return
        }
        let source = try ConfigSource(text: text, file: path)
        let known = [DeviceKey.table, DeviceSwitches.table]
        if let stranger = source.root.keys.sorted().first(where: { !known.contains($0) }) {
            throw source.error(
                .unknownKey, at: [stranger], "Only [[device]] and [disabled] can stand here.")
        }
        switches = try DeviceSwitches(source)
        var reader = DeviceReader(catalogue: catalogue)
        try reader.read(source)
        devices = reader.devices
    }

    /// What to read: the configured devices, and those designated that no name or place of the
    /// configuration hides.
    public func merged(with config: StationConfig) -> [ConfiguredDevice] {
        let own = devices.filter { device in
            !config.devices.contains { $0.name == device.name || $0.location == device.location }
        }
        return config.devices.map(switches.applied) + own
    }
}

/// Every change is on the disk when the call returns; one that fails changes nothing.
extension Designations {
    /// Adds a device, or replaces the one of its name.
    public mutating func put(_ device: ConfiguredDevice) throws(ConfigError) {
        guard DeviceTable.isName(device.name.rawValue),
            device.name.rawValue.utf8.count <= DeviceKey.nameLimit
        else {
            throw ConfigError(
                .outOfRange, file: path, key: "device.name",
                "'\(device.name)' can't be a name: use letters, digits, '-', '_' and '.'.")
        }
        try refuseTwin(of: device, among: devices)
        var next = devices
        if let index = next.firstIndex(where: { $0.name == device.name }) {
            next[index] = device
        } else {
            next.append(device)
        }
        try keep(next)
    }

    /// Puts these in the place of those of their names: all of them or none, so that two can change
    /// places.
    public mutating func replace(_ changed: [ConfiguredDevice]) throws(ConfigError) {
        var next = devices
        for device in changed { next[try index(of: device.name)] = device }
        for device in changed { try refuseTwin(of: device, among: next) }
        try keep(next)
    }

    public mutating func remove(_ name: DeviceName) throws(ConfigError) {
        let index = try index(of: name)
        var next = devices
        next.remove(at: index)
        try keep(next)
    }

    public mutating func rename(
        _ name: DeviceName, to newName: DeviceName
    ) throws(ConfigError) {
        var device = devices[try index(of: name)]
        guard newName != name else { return }
        guard !devices.contains(where: { $0.name == newName }) else {
            throw ConfigError(
                .duplicateDevice, file: path, key: "device.name",
                "There is another device of the name '\(newName)'.")
        }
        let before = devices
        devices.removeAll { $0.name == name }
        device.name = newName
        do throws(ConfigError) {
            try put(device)
        } catch {
            devices = before
            throw error
        }
    }

    public mutating func setDisabled(
        _ name: DeviceName, _ isDisabled: Bool
    ) throws(ConfigError) {
        let index = try index(of: name)
        var next = devices
        next[index].isDisabled = isDisabled
        try keep(next)
    }

    /// The same for a device that was not designated here, but stands in the configuration.
    public mutating func setDisabled(
        configured name: DeviceName, _ isDisabled: Bool
    ) throws(ConfigError) {
        let before = switches
        switches.isDisabled[name.rawValue] = isDisabled
        do throws(ConfigError) {
            try keep(devices)
        } catch {
            switches = before
            throw error
        }
    }

    private func index(of name: DeviceName) throws(ConfigError) -> Int {
        if let index = devices.firstIndex(where: { $0.name == name }) { return index }
        throw ConfigError(
            .unknownDevice, file: path, key: "device.name",
            "No device of the name '\(name)' was designated here.")
    }

    private func refuseTwin(
        of device: ConfiguredDevice, among devices: [ConfiguredDevice]
    ) throws(ConfigError) {
        guard
            let twin = devices.first(where: {
                $0.name != device.name && $0.location == device.location
            })
        else { return }
        throw ConfigError(
            .duplicateDevice, file: path, key: "device",
            "The device '\(twin.name)' is found at the same place.")
    }

    private mutating func keep(_ next: [ConfiguredDevice]) throws(ConfigError) {
        guard next.count + switches.isDisabled.count <= Self.countLimit else {
            throw ConfigError(
                .outOfRange, file: path, key: "device",
                "There can be \(Self.countLimit) devices; remove one that is no longer there.")
        }
        try AtomicFile.write(switches.text + DeviceText.tables(next), to: path)
        devices = next
    }
}
