import Foundation
import HubStorage
import Logging
import Synchronization

@testable import Hub

/// A real hub on a free port of this machine, with a directory and a clock of its own.
struct TestHub {
    let store: HubStore
    let http: TestHTTP
    let clock: TestClock

    func makeCode(tenant: String = "main", minutes: Int = 10) async throws -> String {
        try await store.registry.makeEnrolmentCode(
            tenant: tenant, minutes: minutes, now: clock.now
        ).text
    }

    /// The header of a program that may use the REST calls.
    func admin(tenant: String = "main") async throws -> [(String, String)] {
        let token = try await store.registry.makeToken(
            tenant: tenant, name: "test", now: clock.now)
        return [("Authorization", "Bearer \(token)")]
    }

    func station(tenant: String = "main") async throws -> TestStation {
        var station = TestStation(hub: self)
        try await station.enrol(code: try await makeCode(tenant: tenant))
        return station
    }
}

/// Shows what a test wants, and moves only when told.
final class TestClock: Sendable {
    private let time: Mutex<Int64>

    init(_ time: Int64 = 1_800_000_000_000_000) {
        self.time = Mutex(time)
    }

    var now: Int64 { time.withLock { $0 } }

    func advance(seconds: Int64) {
        time.withLock { $0 += seconds * 1_000_000 }
    }
}

/// Runs `body` with a hub, and takes the hub down afterwards.
func withHub<T: Sendable>(
    directory: String? = nil, clock: TestClock = TestClock(),
    silenceLimit: Duration = .seconds(60), connectionLimit: Int = 4000,
    passwordRounds: UInt32 = 1 << 10, sessions: UserSession.Rules = .init(),
    _ body: @Sendable (TestHub) async throws -> T
) async throws -> T {
    let path = directory ?? temporaryDirectory()
    let store = try HubStore(directory: path, passwordRounds: passwordRounds)
    let (ports, port) = AsyncStream<Int>.makeStream()
    let server = HubServer(
        store: store,
        options: .init(
            port: 0, clock: { clock.now }, silenceLimit: silenceLimit,
            connectionLimit: connectionLimit, sessions: sessions),
        log: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
    let serving = Task { try await server.run { port.yield($1) } }
    defer { if directory == nil { try? FileManager.default.removeItem(atPath: path) } }
    var bound: Int?
    for await number in ports {
        bound = number
        break
    }
    let result: Result<T, any Error>
    do {
        result = .success(
            try await body(
                TestHub(store: store, http: TestHTTP(port: bound ?? 0), clock: clock)))
    } catch {
        result = .failure(error)
    }
    serving.cancel()
    _ = await serving.result
    try store.close()
    return try result.get()
}

func temporaryDirectory() -> String {
    NSTemporaryDirectory() + "hub-" + UUID().uuidString
}
