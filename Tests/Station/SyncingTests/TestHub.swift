import Foundation
import Hub
import HubStorage
import LedgerStore
import Logging
import Replication
import ScanTesting

let silent = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })

/// A real hub behind a proxy, so that it keeps its address when it is killed and started again.
final class TestHub: Sendable {
    let directory: String
    let proxy: CuttingProxy

    /// nil: plain HTTP.
    let identity: HubIdentity?

    var url: String { "\(identity == nil ? "http" : "https")://127.0.0.1:\(proxy.port)" }

    init(
        speaksTLS: Bool = false, decide: @escaping @Sendable (String) -> CuttingProxy.Fate
    ) throws {
        directory = NSTemporaryDirectory() + "hub-" + UUID().uuidString
        identity = speaksTLS ? try HubIdentity(in: directory) : nil
        proxy = try CuttingProxy(to: nil, decide: decide)
    }

    /// Runs `body` while the hub is up. Then it is gone in the middle of whatever it does.
    func up<T: Sendable>(_ body: (HubStore) async throws -> T) async throws -> T {
        let store = try HubStore(directory: directory)
        let (ports, port) = AsyncStream<Int>.makeStream()
        let server = HubServer(
            store: store, options: .init(port: 0, identity: identity), log: silent)
        let serving = Task { try await server.run { port.yield($1) } }
        var iterator = ports.makeAsyncIterator()
        try proxy.connect(to: await iterator.next())
        let result: Result<T, any Error>
        do {
            result = .success(try await body(store))
        } catch {
            result = .failure(error)
        }
        try proxy.connect(to: nil)
        serving.cancel()
        _ = await serving.result
        try store.close()
        return try result.get()
    }
}

/// Runs `body` with a hub that is up, and takes all down afterwards.
func withHub(
    speaksTLS: Bool = false,
    decide: @escaping @Sendable (String) -> CuttingProxy.Fate = { _ in .pass },
    _ body: (TestHub, HubStore) async throws -> Void
) async throws {
    try await withAbsentHub(speaksTLS: speaksTLS, decide: decide) { hub in
        try await hub.up { try await body(hub, $0) }
    }
}

/// Runs `body` with a hub that is not up yet.
func withAbsentHub(
    speaksTLS: Bool = false,
    decide: @escaping @Sendable (String) -> CuttingProxy.Fate = { _ in .pass },
    _ body: (TestHub) async throws -> Void
) async throws {
    let hub = try TestHub(speaksTLS: speaksTLS, decide: decide)
    defer {
        hub.proxy.stop()
        // What is left in the temporary directory hurts nobody.
        try? FileManager.default.removeItem(atPath: hub.directory)
    }
    try await body(hub)
}

extension HubStore {
    func code(tenant: String = "main") async throws -> String {
        try await registry.makeEnrolmentCode(
            tenant: tenant, minutes: 10, now: WallClock.microseconds()
        ).text
    }

    func stock() async throws -> [StockKey: Int64] {
        let balances = try await tenant("main").stock(StockFilter(), limit: 10_000)
        return Dictionary(
            uniqueKeysWithValues: balances.lazy.filter { $0.value != 0 }.map { ($0.key, $0.value) })
    }

    /// Every operation that the hub took, in order.
    func operations() async throws -> [OperationID] {
        try await tenant("main").operations(after: 0, limit: 1_000_000).map(\.operation.id)
    }
}
