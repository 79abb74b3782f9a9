import Devices
import DriverKit
import Hummingbird
import LocalAPI
import Scans

/// Scanners that somebody plugged in elsewhere, or that type otherwise than they were said to.
extension DeviceRoutes {
    /// Makes a device the one of this name, with its driver and its other options; whoever sat there
    /// gets the place that comes free.
    func move(_ text: String, _ request: Request) async throws -> Response {
        let name = DeviceName(rawValue: text.plainURLPart)
        let asked = try await request.json(MoveRequest.self)
        guard var device = await context.devices.device(named: name) else {
            throw ConsoleError.unknownDevice(name.rawValue)
        }
        let place = await context.devices.location(of: DeviceDescriptor(asked.device))
        var changed: [ConfiguredDevice] = []
        for var other in await context.devices.devices(at: place) where other.name != name {
            other.location = device.location
            changed.append(other)
        }
        device.location = place
        try change(&device, by: asked.options ?? [:])
        changed.insert(device, at: 0)
        for device in changed { try refuseConfigured(device.name, device.lines(asked.options)) }
        try context.designated.replace(changed)
        for device in changed { try await context.devices.designate(device) }
        let names = Set(changed.map(\.name))
        let statuses = await context.devices.statuses().filter { names.contains($0.device) }
        return .json(DeviceList(devices: statuses.map(DeviceReport.init)))
    }

    /// No command changes what stands in a file of somebody's own: the next start would read it again.
    func refuseConfigured(_ name: DeviceName, _ lines: String) throws {
        guard !context.designated.holds(name) else { return }
        throw ConsoleError.configuredDevice(name.rawValue, lines: lines)
    }

    private func change(_ device: inout ConfiguredDevice, by options: [String: String]) throws {
        guard let kind = context.catalogue.first(where: { $0.name == device.driver }) else {
            throw ConsoleError.unknownDriver(device.driver.rawValue)
        }
        device.options.merge(kind.values(of: options)) { _, new in new }
        _ = try kind.make(device.options)
    }
}

extension ConfiguredDevice {
    /// What a configuration file would have to say.
    fileprivate func lines(_ options: [String: String]?) -> String {
        var lines: [String]
        switch location {
        case .path(let path): lines = ["path = \"\(path)\""]
        case .identity(let match):
            lines =
                match.portPath.map { ["port-path = \"\($0)\""] }
                ?? ["serial = \"\(match.serial ?? "")\""]
        }
        for (key, value) in (options ?? [:]).sorted(by: { $0.key < $1.key }) {
            lines.append("\(key) = \(Bool(value) == nil ? "\"\(value)\"" : value)")
        }
        return lines.joined(separator: ", ")
    }
}
