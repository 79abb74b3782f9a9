import CurlHTTP
public import HubStorage
public import Logging
import Synchronization

/// Serves every sink of every tenant, each by itself: one that is slow or broken holds up no other.
public struct SinkService: Sendable {
    private let store: HubStore
    private let client: HTTPClient
    private let pace: SinkPace
    private let log: Logger

    /// Throws when there is no thread for it.
    public init(store: HubStore, log: Logger) throws {
        try self.init(store: store, pace: SinkPace(), log: log)
    }

    init(store: HubStore, pace: SinkPace, log: Logger) throws {
        self.store = store
        self.pace = pace
        self.log = log
        client = try HTTPClient(name: "sinks")
    }

    /// Returns when its task is cancelled; once.
    ///
    /// New sinks are found by looking: they may be made by another process.
    public func run() async {
        defer { client.close() }
        await withDiscardingTaskGroup { group in
            let served = ServedSinks()
            var broken: Set<String> = []
            while !Task.isCancelled {
                for pump in await newPumps(beside: served, &broken) {
                    served.begin(pump.key)
                    group.addTask {
                        var pump = pump
                        await pump.run()
                        served.end(pump.key)
                    }
                }
                // Cancelled: the loop's condition sees it.
                try? await Task.sleep(for: pace.look)
            }
            group.cancelAll()
        }
    }

    private func newPumps(
        beside served: ServedSinks, _ broken: inout Set<String>
    ) async -> [SinkPump] {
        var pumps: [SinkPump] = []
        for tenant in tenantNames(&broken) {
            do {
                pumps += try await newPumps(of: tenant, beside: served)
                broken.remove(tenant)
            } catch {
                tell(error, of: tenant, &broken)
            }
        }
        return pumps
    }

    private func newPumps(
        of tenant: String, beside served: ServedSinks
    ) async throws -> [SinkPump] {
        let ledger = try store.tenant(tenant)
        let workshop = CarrierWorkshop(store: store, tenant: tenant, client: client, pace: pace)
        return try await ledger.sinks()
            .filter { !served.contains(SinkPump.key(tenant, $0.id)) }
            .map { SinkPump($0, of: ledger, workshop, log: log) }
    }

    private func tenantNames(_ broken: inout Set<String>) -> [String] {
        do {
            return try store.tenantNames()
        } catch {
            tell(error, of: "", &broken)
            return []
        }
    }

    /// Once: it is looked for again every second.
    private func tell(_ error: any Error, of tenant: String, _ broken: inout Set<String>) {
        guard broken.insert(tenant).inserted else { return }
        log.error("hub: sinks of tenant '\(tenant)': \(error)")
    }
}

/// Which sinks have a pump.
private final class ServedSinks: Sendable {
    private let keys = Mutex<Set<String>>([])

    func contains(_ key: String) -> Bool { keys.withLock { $0.contains(key) } }
    func begin(_ key: String) { keys.withLock { _ = $0.insert(key) } }
    func end(_ key: String) { keys.withLock { _ = $0.remove(key) } }
}
