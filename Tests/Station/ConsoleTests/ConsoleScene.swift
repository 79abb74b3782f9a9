import AllDrivers
import Bundles
import CurlHTTP
import Devices
import DriverKit
import Foundation
import LocalAPI
import Logging
import NIOCore
import NIOPosix
import Pipeline
import Replication
import ScanTesting
import Scans
import ServiceLifecycle
import Settings
import StationStorage
import Syncing

@testable import Console

/// A console on a socket in a folder of its own, before a real store and a real intake.
struct ConsoleScene: Sendable {
    let folder: TemporaryFolder
    let store: StationStore
    let intake: Intake
    let notices: NoticeBoard
    let metrics: StationMetrics
    let server: ConsoleServer
    let http: HTTPClient
    let group: ServiceGroup
    /// Of the loopback listener.
    let port: Int

    var socketPath: String { folder.path("api.sock") }

    func request(_ method: String, _ path: String, _ body: String? = nil) -> HTTPRequest {
        var request = HTTPRequest(method: method, url: "http://localhost\(path)")
        request.unixSocket = socketPath
        if let body {
            request.body = Array(body.utf8)
            request.headers = [("Content-Type", "application/json")]
        }
        return request
    }

    func send(_ method: String, _ path: String, _ body: String? = nil) async throws -> Answer {
        Answer(try await http.send(request(method, path, body)))
    }

    func get<T: Decodable>(_ path: String, _ type: T.Type) async throws -> T {
        try await send("GET", path).json(type)
    }

    @discardableResult
    func scan(_ code: String) async throws -> ReceiptReport {
        try await send("POST", "/v1/scans", APIForm.text(ScanRequest(code: code)))
            .json(ReceiptReport.self)
    }

    /// Reads events until `count` have come, or to the end.
    func events(_ path: String, count: Int = .max) async throws -> [ServerSentEvent] {
        let stream = try await http.stream(request("GET", path))
        var reader = ServerSentEventReader()
        var events: [ServerSentEvent] = []
        for try await chunk in stream {
            events += reader.push(chunk)
            if events.count >= count { break }
        }
        return events
    }
}

struct Answer {
    var status: Int
    var body: [UInt8]

    init(_ response: HTTPResponse) {
        (status, body) = (response.status, response.body)
    }

    /// Of a problem.
    var code: String? { try? json(ProblemReport.self).code }  // nil: it is no problem.

    func json<T: Decodable>(_ type: T.Type) throws -> T {
        try APIForm.decode(type, from: body)
    }
}

/// Runs `body` with a console, and takes everything down afterwards.
func withConsole<T: Sendable>(
    silenceLimit: Duration = .seconds(60), stallLimit: Duration = .seconds(30),
    _ body: @escaping @Sendable (ConsoleScene) async throws -> T
) async throws -> T {
    let folder = try TemporaryFolder()
    let store = try StationStore(path: folder.path("station.db"))
    let log = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    let news = Broadcast()
    let notices = NoticeBoard(news: news)
    let http = try HTTPClient()
    let metrics = StationMetrics()
    let intake = try Intake(
        store: store, life: Life(random: 7), rules: .init(), workflow: .init(),
        meter: IntakeMeter(
            committed: { metrics.committed(in: $0) },
            answered: { metrics.took(from: $0?.rawValue, result: $1) }),
        stored: { news.signal() }, log: log)
    let supervisor = try DeviceSupervisor(
        catalogue: DriverCatalogue.kinds, driverProgram: [],
        events: DeviceEvents(delivered: { intake.accept($0) }),
        log: log)
    var context = ConsoleContext(
        facts: StationFacts(
            name: "dock", version: Version.text, stateDirectory: folder.path, incarnation: "7",
            started: 1_800_000_000_000_000),
        store: store, intake: intake, life: Life(random: 7),
        bundles: OutboxBundles(
            store: store, key: try StationKey(at: folder.path("key")).privateKey,
            clock: { 1_800_000_000_000_000 }),
        catalogue: DriverCatalogue.kinds, devices: supervisor,
        designated: DesignatedDevices(
            try Designations(reading: folder.path("devices.toml"), catalogue: DriverCatalogue.kinds)
        ),
        link: LinkStatus {},
        enrolling: Enrolling(
            store: store, http: http, key: try StationKey(at: folder.path("key")),
            settings: SyncSettings(
                software: "test", fingerprint: "test", wallClock: { 1_800_000_000_000_000 })),
        urge: {}, news: news, stored: { news.signal() }, clock: { 1_800_000_000_000_000 },
        notices: notices, metrics: metrics, log: log)
    context.stallLimit = stallLimit
    await supervisor.start([
        ConfiguredDevice(
            name: "gun", driver: "serial", location: .path(folder.path("gun")), isDisabled: true)
    ])
    let threads = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let (addresses, listening) = AsyncStream.makeStream(of: ConsoleServer.Listening.self)
    let server = ConsoleServer(
        context: context,
        options: .init(
            socketPath: folder.path("api.sock"),
            loopback: ConsoleServer.Loopback(host: "127.0.0.1", port: 0),
            silenceLimit: silenceLimit),
        threads: threads)
    let group = ServiceGroup(
        services: try server.services { listening.yield($0) }, logger: log)
    let result = await withTaskGroup(of: Result<T, any Error>?.self) { tasks in
        tasks.addTask {
            do {
                try await group.run()
                return nil
            } catch {
                return .failure(error)
            }
        }
        tasks.addTask {
            var port = 0
            var missing = 2
            for await address in addresses {
                if case .port(let number) = address { port = number }
                missing -= 1
                if missing == 0 { break }
            }
            let scene = ConsoleScene(
                folder: folder, store: store, intake: intake, notices: notices,
                metrics: metrics, server: server, http: http,
                group: group, port: port)
            do {
                return .success(try await body(scene))
            } catch {
                return .failure(error)
            }
        }
        var result: Result<T, any Error>?
        while let next = await tasks.next() {
            if let next { result = next }
            await group.triggerGracefulShutdown()
        }
        return result
    }
    await supervisor.stop()
    intake.stop()
    http.close()
    try await threads.shutdownGracefully()
    try store.close()
    guard let result else { throw CancellationError() }
    return try result.get()
}
