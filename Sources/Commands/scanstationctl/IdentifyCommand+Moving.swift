import CommandKit
import LocalAPI

/// `identify --as NAME`: a scanner without a serial number sits in another socket than it did.
extension IdentifyCommand {
    func runMove(_ client: StationClient, of name: String) async throws {
        guard let heard = try await listen(client) else {
            if output.json { return }
            throw CommandFailure(
                status: .noDevice, code: "no-device", message: "no scan was heard")
        }
        if !output.json { print(Self.consequence(of: heard, for: name)) }
        guard yes || isConfirmed() else { return }
        try await move(heard, to: name, client)
    }

    func move(
        _ heard: HeardReport, to name: String, _ client: StationClient,
        options: [String: String]? = nil
    ) async throws {
        let list = try await client.post(
            "/devices/\(name.urlPart)/move", MoveRequest(device: heard.device, options: options),
            as: DeviceList.self)
        output.show(each: list.devices) { devices in
            devices.map { "\($0.name) is known now. Watch: scanstationctl tail" }
                .joined(separator: "\n")
        }
    }

    private static func consequence(of heard: HeardReport, for name: String) -> String {
        switch heard.designated {
        case name?: "It is \(name) already; that will be kept."
        case let other?: "It is \(other) so far; the two change places."
        case nil: "\(name) keeps its layout and options, and is looked for there from now on."
        }
    }
}
