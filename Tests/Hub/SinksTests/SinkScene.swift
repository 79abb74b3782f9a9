import Foundation
import GRDB
import Logging
import Replication
import ScanTesting
import SyncProtocol
import Synchronization
import Testing

@testable import HubStorage
@testable import Sinks

/// A hub's data in a folder of their own, and sinks that are served.
final class SinkScene: Sendable {
    static let pace = SinkPace(
        look: .milliseconds(10), jobLook: .milliseconds(5), firstPause: .milliseconds(5),
        pauseLimit: .milliseconds(40))

    let folder: TemporaryFolder
    let store: HubStore
    private let life = Incarnation(rawValue: .random(in: 1...UInt64.max))
    private let made = Mutex(UInt64(0))

    init() throws {
        folder = try TemporaryFolder()
        store = try HubStore(directory: folder.path("hub"))
    }

    var directory: String { folder.path("hub") }

    func tenant() throws -> TenantStore { try store.tenant("main") }

    static func arrival(_ number: Int) -> OperationKind {
        .adjust(StockKey(item: "A", place: "P"), delta: 1)
    }

    /// Adds operations to the log and answers with their ids. `kind` gets their numbers, from 0.
    @discardableResult
    func fill(
        _ count: Int, _ kind: (Int) -> OperationKind = arrival
    ) async throws -> [String] {
        let first = made.withLock { made in
            defer { made += UInt64(count) }
            return made + 1
        }
        let entries = (0..<UInt64(count)).map { index in
            let operation = Operation(
                id: OperationID(incarnation: life, sequence: first + index), station: "st-1",
                clock: HybridTime(rawValue: 1_800_000_000_000_000 + Int64(first + index)), base: 0,
                device: "scanner", operator: "ann",
                kind: kind(Int(index)))
            return Run.Entry(operation, kindBytes: operation.kindBytes)
        }
        for chunk in stride(from: 0, to: count, by: 2000) {
            let run = Run(
                incarnation: life, link: nil,
                operations: Array(entries[chunk..<min(chunk + 2000, count)]), chain: nil)
            _ = try await tenant().take([run], from: Self.record, now: 1_800_000_000_000_000)
        }
        return entries.map(\.operation.id.description)
    }

    /// Serves all sinks while `body` runs; `stores`: once for each of them.
    func serving<T: Sendable>(
        _ stores: [HubStore]? = nil, _ body: @Sendable () async throws -> T
    ) async throws -> T {
        let log = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        return try await withThrowingTaskGroup(of: Void.self) { group in
            for store in stores ?? [store] {
                let service = try SinkService(store: store, pace: Self.pace, log: log)
                group.addTask { await service.run() }
            }
            defer { group.cancelAll() }
            return try await body()
        }
    }

    /// Serves until the sink has the whole log.
    func serveToTheEnd(of name: String = "erp") async throws {
        let isDone = try await serving { try await soon { try await self.isDone(name) } }
        #expect(isDone)
    }

    func addWebhook(
        _ receiver: TestReceiver, batch: Int = 10, named name: String = "erp"
    ) async throws {
        try await add(
            .webhook(HTTPReceiver(url: receiver.url, batch: batch)), named: name)
    }

    @discardableResult
    func add(
        _ target: SinkTarget, named name: String = "erp", secretFile: String? = nil
    ) async throws -> SinkSetup.Made {
        try await SinkSetup(store: store, tenant: "main").add(
            name, target, secretFile: secretFile, after: 0, by: "ann", now: 1)
    }

    func sink(_ name: String = "erp") async throws -> Sink {
        guard let sink = try await tenant().sinks().first(where: { $0.name == name }) else {
            throw SinkError.unknown(name)
        }
        return sink
    }

    /// Whether the sink is through with the whole log.
    func isDone(_ name: String = "erp") async throws -> Bool {
        try await sink(name).position == tenant().position
    }

    func parked(_ name: String = "erp") async throws -> [String] {
        try await tenant().sinkDetails(name, limit: 1000).parked.map(\.operation)
    }

    private static let record = StationRecord(row: [
        "code": "st-1", "tenant": "main", "public_key": Data(), "name": "", "enrolled": 0,
        "last_seen": nil, "revoked": nil, "offset_us": 0, "fingerprint": "", "software": "",
    ])
}
