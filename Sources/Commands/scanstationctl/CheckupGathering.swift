import AllDrivers
import Checkup
import CommandKit
import CurlHTTP
import DriverKit
import LinuxIO
import LocalAPI
import Scans
import Settings

/// Asks the daemon, the machine and the hub what an examination goes by.
struct CheckupGathering {
    private let socket: String
    private let namedState: String?
    private let reader = MachineReader()

    init(_ station: StationOptions) {
        socket =
            station.socket ?? StationPlaces.current.socket(forClientOf: station.state)
        namedState = station.state
    }

    func facts() async throws -> CheckupFacts {
        let sight = await stationSight()
        var status: StatusReport?
        if case .answers(let report, _) = sight { status = report }
        let state =
            status?.stateDirectory ?? namedState ?? StationPlaces.current.stateDirectory
        let devices = status.map { $0.devices.map(CheckupFacts.Device.init) } ?? kept(in: state)
        return CheckupFacts(
            machine: reader.facts(
                process: status?.processID, nodes: devices.compactMap(\.node)),
            station: sight, volume: reader.volume(of: state), stateDirectory: state,
            devices: devices, hub: await hubSight(status?.link),
            programs: DriverPrograms.tried(),
            microphone: DriverPrograms.microphone(
                for: devices.first { $0.driver == "voice" && $0.report?.state == nil }))
    }

    private func stationSight() async -> StationSight {
        do {
            let client = try StationClient(socket: socket)
            return .answers(
                try await client.get("/status", as: StatusReport.self),
                store: try await client.get("/store?check=true", as: StoreReport.self))
        } catch {
            // Whatever it was, the station can't be asked; a lack of permission is told apart.
            let failure = error as? CommandFailure
            return .silent(isForbidden: failure?.status == .noPermission, socket: socket)
        }
    }

    /// What the files say while no daemon does.
    private func kept(in state: String) -> [CheckupFacts.Device] {
        let kinds = DriverCatalogue.kinds
        // Files that can't be read are the daemon's to complain of, and it says why.
        guard
            let config = try? ConfigFile(catalogue: kinds).read(
                path: ConfigFile.defaultPath, isRequired: false),
            let designations = try? Designations(
                reading: "\(state)/\(Designations.fileName)", catalogue: kinds)
        else { return [] }
        return designations.merged(with: config).map(CheckupFacts.Device.init)
    }

    private func hubSight(_ link: LinkReport?) async -> HubSight? {
        guard let link, let url = link.hubURL, let http = try? HTTPClient() else { return nil }
        defer { http.close() }
        var request = HTTPRequest(method: "GET", url: "\(url)/healthz")
        request.pin = link.pin.flatMap(KeyPin.init)
        do {
            let response = try await http.send(request)
            return HubSight(
                url: url, answer: .reached(clockAheadSeconds: Self.lead(over: response)))
        } catch .wrongKey {
            return HubSight(url: url, answer: .wrongKey)
        } catch .untrusted(_, let why) {
            return HubSight(url: url, answer: .untrusted(why))
        } catch {
            return HubSight(url: url, answer: .silent("\(error)"))
        }
    }

    private static func lead(over response: HTTPResponse) -> Int? {
        guard let theirs = response.header("Date").flatMap(HTTPDate.microseconds) else {
            return nil
        }
        return Int((SystemTime.wall.microseconds - theirs) / 1_000_000)
    }
}

extension CheckupFacts.Device {
    init(_ report: DeviceReport) {
        self.init(
            name: report.name, driver: report.driver, node: report.node, report: report)
    }

    init(_ device: ConfiguredDevice) {
        var path: String?
        if case .path(let place) = device.location { path = place }
        self.init(name: device.name.rawValue, driver: device.driver.rawValue, node: path)
    }
}
