import ArgumentParser
import CommandKit
import LocalAPI

struct DevicesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "devices", abstract: "List the station's devices, or switch one off and on.",
        discussion: """
            scanstationctl devices
            scanstationctl devices disable dock-scanner
            scanstationctl devices enable dock-scanner
            scanstationctl devices release --all      lets go of every device, at once
            scanstationctl devices locate dock-scanner
            """,
        subcommands: [
            ListDevices.self, DisableDevice.self, EnableDevice.self, ReleaseDevices.self,
            LocateDevice.self,
        ],
        defaultSubcommand: ListDevices.self)

    static func table(_ devices: [DeviceReport]) -> String {
        var table = Table("DEVICE", "DRIVER", "STATE", "WHERE", "WHY AND WHAT TO DO")
        for device in devices {
            let state = device.code.map { "\(device.state) (\($0))" } ?? device.state
            let isWell = device.state == "reading" && device.fix.isEmpty
            table.add(
                .init(device.name), .init(device.driver), .init(state, Paint(state: device.state)),
                .init(device.node ?? "-"),
                .init(isWell ? remark(device) : "\(device.reason) \(device.fix)"))
        }
        return table.text
    }

    private static func remark(_ device: DeviceReport) -> String {
        let confined = device.confined.map { $0.isEmpty ? "not confined" : "confined: \($0)" } ?? ""
        return confined + (device.unconfined.map { "; lacking \($0)" } ?? "")
    }
}

struct ListDevices: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the station's devices and their states.")

    @OptionGroup var station: StationOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let devices = try await station.client().get("/devices", as: DeviceList.self).devices
        guard !devices.isEmpty else {
            throw CommandFailure(
                status: .noDevice, code: "no-device",
                message: "the station has no device yet: scanstationctl identify")
        }
        output.show(each: devices, as: DevicesCommand.table)
    }
}

struct DisableDevice: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "disable", abstract: "Release a device until it is enabled again.")

    @Argument(help: "The device's name.") var name: String
    @OptionGroup var station: StationOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await switchDevice(name, "disable", station, output)
    }
}

struct EnableDevice: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "enable", abstract: "Take a device up again.")

    @Argument(help: "The device's name.") var name: String
    @OptionGroup var station: StationOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await switchDevice(name, "enable", station, output)
    }
}

struct ReleaseDevices: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "release",
        abstract: "Let go of every device until it is enabled again: keyboards type as before.")

    @Flag(help: "Every device; there is no other way.") var all = false
    @OptionGroup var station: StationOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard all else { throw ValidationError("say --all, or disable one: devices disable NAME") }
    }

    func run() async throws {
        let list = try await station.client().post(
            "/devices/release", EmptyRequest(), as: DeviceList.self)
        output.show(each: list.devices, as: DevicesCommand.table)
    }
}

struct LocateDevice: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "locate", abstract: "Make a scanner beep or light up, to find it.")

    @Argument(help: "The device's name.") var name: String
    @OptionGroup var station: StationOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await switchDevice(name, "locate", station, output)
    }
}

private func switchDevice(
    _ name: String, _ action: String, _ station: StationOptions, _ output: OutputOptions
) async throws {
    let device = try await station.client().post(
        "/devices/\(name.urlPart)/\(action)", EmptyRequest(), as: DeviceReport.self)
    output.show(each: [device], as: DevicesCommand.table)
}

/// What a request says that says nothing.
struct EmptyRequest: Encodable {}
