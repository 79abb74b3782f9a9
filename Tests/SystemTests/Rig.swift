import CurlHTTP
import Foundation
import LinuxIO

/// A hub and a station in one temporary folder, as separate processes over real sockets.
final class Rig {
    let folder: String
    private(set) var hub: RunningProgram?
    private(set) var station: RunningProgram?
    /// Chosen by the kernel at the hub's first start, and kept.
    private var hubPort = 0

    init() throws {
        let url = FileManager.default.temporaryDirectory.appending(path: "rig-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        folder = url.path(percentEncoded: false)
    }

    deinit {
        station?.kill()
        hub?.kill()
        try? FileManager.default.removeItem(atPath: folder)  // Only a temporary folder.
    }

    var hubData: String { "\(folder)/hub" }
    var state: String { "\(folder)/station" }
    private var hubScheme = "http"
    var hubURL: String { "\(hubScheme)://127.0.0.1:\(hubPort)" }

    func startHub(_ options: [String] = [], environment: [String: String] = [:]) throws {
        let hub = try RunningProgram(
            "scanhub", ["serve", "--data", hubData, "--listen", "127.0.0.1:\(hubPort)"] + options,
            errorFile: "\(folder)/hub.log", ready: "listening on", environment: environment)
        let port = hub.output.split(whereSeparator: { ":\n".contains($0) }).last.flatMap { Int($0) }
        guard let port else { throw Unexpected("no port in '\(hub.output)'") }
        (self.hub, hubPort) = (hub, port)
        hubScheme = hub.output.contains("https://") ? "https" : "http"
    }

    func killHub() {
        hub?.kill()
        hub = nil
    }

    /// `more`: options of the program beside those that it always gets.
    func startStation(
        _ configuration: String = "", state: String? = nil, more: [String] = [],
        environment: [String: String] = [:], listener: Int32? = nil
    ) throws {
        let file = try configure(configuration)
        station = try RunningProgram(
            "scanstationd", ["--state", state ?? self.state, "--config", file] + more,
            errorFile: "\(folder)/station.log", ready: "ready", environment: environment,
            listener: listener)
    }

    /// Writes the station's configuration file and answers where it is.
    @discardableResult
    func configure(_ text: String) throws -> String {
        let file = "\(folder)/station.toml"
        try Data(text.utf8).write(to: URL(filePath: file))
        return file
    }

    func killStation() {
        station?.kill()
        station = nil
    }

    /// Runs `scanstationctl` against this rig's station.
    func control(_ arguments: [String]) throws -> Programs.Result {
        try Programs.run("scanstationctl", arguments + ["--state", state])
    }

    /// As `control`, and fails unless it answers with status 0.
    @discardableResult
    func successfully(_ arguments: [String]) throws -> Programs.Result {
        let result = try control(arguments)
        guard result.status == 0 else {
            throw Unexpected("scanstationctl \(arguments): \(result.status) \(result.errors)")
        }
        return result
    }

    func enrol() throws {
        let code = try Programs.run("scanhub", ["enrol-code", "--data", hubData])
        guard let text = code.lines.last else { throw Unexpected("no code: \(code.errors)") }
        try successfully(["enrol", hubURL, String(text)])
    }

    var stationLog: String { station?.errors ?? "" }

    /// Waits until the hub has everything.
    func synchronise(within seconds: Int = 60) throws {
        try successfully(["sync", "--wait", "\(seconds)"])
    }

    /// All that the hub holds, in order of arrival.
    func hubOperations() async throws -> [HubOperation] {
        let token = try Programs.run("scanhub", ["token", "create", "--data", hubData])
        let http = try HTTPClient()
        defer { http.close() }
        var all: [HubOperation] = []
        var position: UInt64 = 0
        while true {
            var request = HTTPRequest(
                method: "GET", url: "\(hubURL)/v1/operations?after=\(position)&limit=1000")
            request.headers = [("Authorization", "Bearer \(token.lines.last ?? "")")]
            request.responseLimitBytes = 8 << 20
            let response = try await http.send(request)
            guard response.status == 200 else { throw Unexpected("status \(response.status)") }
            let page = try JSONDecoder().decode(HubPage.self, from: Data(response.body))
            guard !page.operations.isEmpty else { return all }
            all += page.operations
            position = page.position
        }
    }
}

struct HubPage: Decodable {
    var operations: [HubOperation]
    var position: UInt64
}

/// What these tests look at in an operation of the hub.
struct HubOperation: Decodable {
    var id: String
    var station: String
    var device: String?
    var kind: String
    var item: String?
    var delta: Int64?
}
