import CommandKit
import CurlHTTP
import FoundationEssentials
import Glibc
import Hub

/// Follows the hub's stream of operations and prints each on a line.
struct HubWatch {
    let hubURL: String
    let token: String
    let pin: KeyPin?
    let isJSON: Bool

    private static let retry = Duration.seconds(1)

    /// Returns only by throwing. Once it was connected it waits for a hub that goes away.
    func run(after: UInt64?) async throws {
        let client = try HTTPClient(name: "watch")
        defer { client.close() }
        var names = StationNames(watch: self, client: client)
        var last = after.map { String($0) }
        var hasConnected = false
        while true {
            do {
                try await follow(client, &last, &names) { hasConnected = true }
            } catch let error as HTTPError where hasConnected {
                printError("scanhub: \(error); trying again")
            } catch let error as HTTPError {
                throw CommandFailure(status: .notRunning, message: "\(error)")
            }
            try await Task.sleep(for: Self.retry)
        }
    }

    /// Returns when the hub ends the stream.
    private func follow(
        _ client: HTTPClient, _ last: inout String?, _ names: inout StationNames,
        connected: () -> Void
    ) async throws {
        let query = last.map { "?after=\($0)" } ?? ""
        let stream = try await client.stream(request("/v1/operations/stream" + query))
        guard stream.status == 200 else {
            throw CommandFailure(message: "\(hubURL) answered with status \(stream.status)")
        }
        connected()
        var reader = EventReader()
        for try await bytes in stream {
            for event in try reader.push(bytes) where event.name == "operation" {
                await show(event, &names)
                last = event.id
            }
        }
    }

    private func show(_ event: EventReader.Event, _ names: inout StationNames) async {
        defer { fflush(nil) }
        guard !isJSON else { return print(event.data) }
        // A hub of another version may say something else: it is shown as it came.
        guard
            let report = try? JSONDecoder().decode(
                OperationReport.self, from: Data(event.data.utf8))
        else { return print(event.data) }
        let columns = report.columns(stationName: await names.name(of: report.station))
        print(HubWatch.line(columns))
    }

    private static func line(_ columns: [String]) -> String {
        let widths = [8, 14, 10, 0]
        let padded = zip(columns, widths).map { text, width in
            text + String(repeating: " ", count: max(0, width - text.count))
        }
        return padded.joined(separator: "  ")
    }

    func request(_ path: String) -> HTTPRequest {
        var request = HTTPRequest(method: "GET", url: hubURL + path)
        request.headers = [("Authorization", "Bearer \(token)")]
        request.isLongPoll = true
        request.pin = pin
        return request
    }
}

/// What people call the stations, asked for when a new one speaks.
struct StationNames {
    private let watch: HubWatch
    private let client: HTTPClient
    private var names: [String: String] = [:]

    init(watch: HubWatch, client: HTTPClient) {
        self.watch = watch
        self.client = client
    }

    mutating func name(of station: String) async -> String {
        if let name = names[station] { return name }
        await ask()
        let name = names[station] ?? ""
        names[station] = name.isEmpty ? station : name
        return names[station] ?? station
    }

    private mutating func ask() async {
        // Without an answer the station's code is shown, which names it as well.
        guard let answer = try? await client.send(watch.request("/v1/stations")),
            let list = try? JSONDecoder().decode(StationList.self, from: Data(answer.body))
        else { return }
        for station in list.stations { names[station.station] = station.name }
    }
}
