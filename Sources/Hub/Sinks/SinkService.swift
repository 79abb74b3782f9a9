import CurlHTTP
public import HubStorage
public import Logging
import Synchronization

/// Serves every sink of every tenant, each by itself: one that is slow or broken holds up no other.
public struct SinkService: Sendable {
    private let store: HubStore
    private let pace: SinkPace
    private let log: Logger

    public init(store: HubStore, log: Logger) {
        self.init(store: store, pace: SinkPace(), log: log)
    }

    init(store: HubStore, pace: SinkPace, log: Logger) {
        self.store = store
        self.pace = pace
        self.log = log
    }

    /// Returns when its task is cancelled. Throws when there is no thread for it.
    ///
    /// New sinks are found by looking: they may be made by another process.
    public func run() async throws {
        let client = try HTTPClient(name: "sinks")
        defer { client.close() }
        await withDiscardingTaskGroup { group in
            let served = ServedSinks()
            var broken: Set<String> = []
            while !Task.isCancelled {
                for (tenant, sink) in await newSinks(beside: served, &broken) {
                    guard let ledger = try? store.tenant(tenant) else { continue }
                    var pump = SinkPump(
                        sink, of: ledger,
                        CarrierWorkshop(
                            store: store, tenant: tenant, client: client, clock: pace.clock),
                        pace: pace, log: log)
                    served.begin(tenant, sink.id)
                    group.addTask {
                        await pump.run()
                        served.end(tenant, sink.id)
                    }
                }
                // Cancelled: the loop's condition sees it.
                try? await Task.sleep(for: pace.look)
            }
            group.cancelAll()
        }
    }

    /// A tenant whose ledger can't be read is told of once, and looked for again.
    private func newSinks(
        beside served: ServedSinks, _ broken: inout Set<String>
    ) async -> [(tenant: String, sink: Sink)] {
        var found: [(String, Sink)] = []
        do {
            for tenant in try store.tenantNames() {
                do {
                    let sinks = try await store.tenant(tenant).sinks()
                    found += sinks.filter { !served.contains(tenant, $0.id) }.map { (tenant, $0) }
                    broken.remove(tenant)
                } catch {
                    if broken.insert(tenant).inserted {
                        log.error("hub: sinks of tenant \(tenant): \(error)")
                    }
                }
            }
        } catch {
            if broken.insert("").inserted { log.error("hub: sinks: \(error)") }
        }
        return found
    }
}

/// Which sinks have a pump.
private final class ServedSinks: Sendable {
    private let ids = Mutex<Set<String>>([])

    func contains(_ tenant: String, _ id: Int64) -> Bool {
        ids.withLock { $0.contains(Self.key(tenant, id)) }
    }

    func begin(_ tenant: String, _ id: Int64) {
        ids.withLock { _ = $0.insert(Self.key(tenant, id)) }
    }

    func end(_ tenant: String, _ id: Int64) {
        ids.withLock { _ = $0.remove(Self.key(tenant, id)) }
    }

    private static func key(_ tenant: String, _ id: Int64) -> String { "\(tenant)/\(id)" }
}
