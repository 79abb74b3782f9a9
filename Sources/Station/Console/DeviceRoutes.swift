import Devices
import DriverKit
import Hummingbird
import LocalAPI
import NIOCore
import Scans
import ServiceLifecycle

/// The station's devices: which there are, which is what, and which is ours.
struct DeviceRoutes: Sendable {
    let context: ConsoleContext

    func add(to router: Router<BasicRequestContext>) {
        router.group(RouterPath(APIVersion.prefix))
            .get("devices") { _, _ in await list() }
            .post("devices") { request, _ in try await designate(request) }
            .post("devices/identify") { request, _ in try await identify(request) }
            .post("devices/:name/disable") { _, context in
                try await setDisabled(true, try context.parameters.require("name"))
            }
            .post("devices/release") { _, _ in try await releaseAll() }
            .post("devices/:name/locate") { _, context in
                try await locate(try context.parameters.require("name"))
            }
            .post("devices/:name/move") { request, context in
                try await move(try context.parameters.require("name"), request)
            }
            .post("devices/:name/enable") { _, context in
                try await setDisabled(false, try context.parameters.require("name"))
            }
    }

    private func list() async -> Response {
        .json(DeviceList(devices: await context.devices.statuses().map(DeviceReport.init)))
    }

    private func designate(_ request: Request) async throws -> Response {
        let asked = try await request.json(DesignateRequest.self)
        var device = ConfiguredDevice(
            name: DeviceName(rawValue: asked.name), driver: DriverName(rawValue: asked.driver),
            location: await context.devices.location(of: DeviceDescriptor(asked.device)))
        // What can't be read must not be kept: the next start would fail on it.
        guard let kind = context.catalogue.first(where: { $0.name == device.driver }) else {
            throw ConsoleError.unknownDriver(device.driver.rawValue)
        }
        device.options = kind.values(of: asked.options ?? [:])
        _ = try kind.make(device.options)
        if await context.devices.device(named: device.name) != nil {
            try refuseConfigured(device.name, "this")
        }
        try context.designated.put(device)
        try await context.devices.designate(device)
        return .json(try await report(on: device.name))
    }

    private func setDisabled(_ isDisabled: Bool, _ text: String) async throws -> Response {
        let name = DeviceName(rawValue: text.plainURLPart)
        _ = try await report(on: name)
        try context.designated.keepDisabled(name, isDisabled)
        try await context.devices.setDisabled(name, isDisabled)
        return .json(try await report(on: name))
    }

    private func releaseAll() async throws -> Response {
        for status in await context.devices.statuses() {
            try context.designated.keepDisabled(status.device, true)
            try await context.devices.setDisabled(status.device, true)
        }
        return await list()
    }

    private func locate(_ text: String) async throws -> Response {
        let name = DeviceName(rawValue: text.plainURLPart)
        _ = try await report(on: name)
        try await context.devices.locate(name)
        return .json(try await report(on: name))
    }

    func report(on name: DeviceName) async throws -> DeviceReport {
        let statuses = await context.devices.statuses()
        guard let status = statuses.first(where: { $0.device == name }) else {
            throw ConsoleError.unknownDevice(name.rawValue)
        }
        return DeviceReport(status)
    }

    private func identify(_ request: Request) async throws -> Response {
        let asked = try await request.json(IdentifyRequest.self)
        guard (1...IdentifyRequest.secondsLimit).contains(asked.seconds) else {
            throw ConsoleError.parameter("seconds", "\(asked.seconds)")
        }
        let paths = asked.paths ?? []
        guard paths.count <= IdentifyRequest.pathsLimit else {
            throw ConsoleError.parameter("paths", "\(paths.count) of them")
        }
        let candidates = await context.devices.candidates(paths: paths).map(CandidateReport.init)
        let name = asked.as.map { DeviceName(rawValue: $0) }
        if let name { _ = try await report(on: name) }
        let heard = await context.devices.listen(
            for: .seconds(asked.seconds), paths: paths, calibrating: asked.calibrate ?? false,
            as: name)
        let greeting = ServerSentEvent(
            name: "listening", data: APIForm.text(CandidateList(candidates: candidates)))
        return .events { writer in
            try await writer.write(ByteBuffer(string: greeting.text))
            for await scan in heard.cancelOnGracefulShutdown() {
                let event = ServerSentEvent(
                    name: "heard", data: APIForm.text(HeardReport(scan)))
                try await writer.write(ByteBuffer(string: event.text))
            }
        }
    }
}

extension DeviceDescriptor {
    init(_ device: CandidateReport) {
        self.init(
            name: DeviceName(rawValue: device.node), designatedDriver: nil, node: device.node,
            subsystem: .other,
            identity: DeviceIdentity(
                product: device.product, vendorID: device.vendorID, productID: device.productID,
                serial: device.serial, portPath: device.portPath))
    }
}

extension DriverKind {
    func values(of texts: [String: String]) -> [String: OptionValue] {
        var values: [String: OptionValue] = [:]
        for (name, text) in texts {
            let key = options.first { $0.name == name }
            values[name] = key?.form.value(text) ?? .text(text)
        }
        return values
    }
}

extension OptionKey.Form {
    /// What a text stands for; a text where it stands for nothing, which the driver then refuses.
    fileprivate func value(_ text: String) -> OptionValue {
        switch self {
        case .boolean: Bool(text).map { .boolean($0) } ?? .text(text)
        case .integer: Int(text).map { .integer($0) } ?? .text(text)
        case .choice, .text: .text(text)
        }
    }
}

extension HeardReport {
    fileprivate init(_ scan: HeardScan) {
        self.init(
            device: CandidateReport(scan.device), driver: scan.driver.rawValue, text: scan.text,
            ending: scan.ending?.rawValue,
            milliseconds: scan.span.map { Int($0 / .milliseconds(1)) },
            designated: scan.isDesignated ? scan.device.name.rawValue : nil)
    }
}
