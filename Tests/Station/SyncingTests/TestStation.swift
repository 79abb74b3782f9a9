import CurlHTTP
import Foundation
import Hub
import HubStorage
import LedgerStore
import Replication
import StationStorage
import Syncing

/// A station as the daemon builds it, without its devices.
struct TestStation: Sendable {
    let directory: String
    let store: StationStore
    let http: HTTPClient
    let key: StationKey
    let loop: SyncLoop
    let settings: SyncSettings
    let life: Life

    init(skewMicroseconds: Int64 = 0) throws {
        let directory = NSTemporaryDirectory() + "station-" + UUID().uuidString
        try FileManager.default.createDirectory(
            atPath: directory, withIntermediateDirectories: true)
        try self.init(
            directory: directory, life: Life(random: .random(in: 1...UInt64.max)),
            skewMicroseconds: skewMicroseconds)
    }

    /// The memory of a machine and its card, cloned while it ran.
    init(copying other: TestStation, life: Life? = nil) throws {
        let directory = NSTemporaryDirectory() + "station-" + UUID().uuidString
        try FileManager.default.copyItem(atPath: other.directory, toPath: directory)
        try self.init(directory: directory, life: life ?? other.life, skewMicroseconds: 0)
    }

    init(
        directory: String, life: Life, skewMicroseconds: Int64 = 0,
        keyAgeLimit: Duration = .seconds(90 * 24 * 3600)
    ) throws {
        self.directory = directory
        self.life = life
        store = try StationStore(path: directory + "/station.db")
        http = try HTTPClient()
        key = try StationKey(at: directory + "/key")
        settings = SyncSettings(
            software: "test", fingerprint: "test", backoffLimit: .milliseconds(50),
            keyAgeLimit: keyAgeLimit,
            wallClock: { WallClock.microseconds() + skewMicroseconds })
        loop = SyncLoop(
            store: store, http: http, key: key, settings: settings,
            status: LinkStatus(changed: {}), log: silent)
    }

    @discardableResult
    func enrol(at hub: TestHub, code: String) async throws -> Enrolment {
        try await Enrolling(store: store, http: http, key: key, settings: settings)
            .enrol(hubURL: hub.url, code: code, pin: hub.identity?.pin, name: "test")
    }

    /// Operations as a scan would make them, and the word to the loop that comes after a commit.
    func scan(_ count: Int, item: ItemCode = "A", place: PlaceCode = "P") async throws {
        try await make(
            (0..<count).map { _ in .adjust(StockKey(item: item, place: place), delta: 1) })
    }

    func make(_ kinds: [OperationKind]) async throws {
        let now = settings.wallClock()
        try await store.write { transaction in
            _ = try transaction.append(
                kinds, life: life, by: Author(device: "scanner"), wallMicroseconds: now)
        }
        loop.work.signal()
    }

    func waiting() async throws -> UInt64 {
        try await store.read { try $0.outboxDepth().waiting }
    }

    func stock() async throws -> [StockKey: Int64] {
        let balances = try await store.read { reader in
            try reader.ledger { try $0.stock(StockFilter(), limit: 10_000, in: $1) }
        }
        return Dictionary(
            uniqueKeysWithValues: balances.lazy.filter { $0.value != 0 }.map { ($0.key, $0.value) })
    }

    func deadLetters() async throws -> [DeadLetter] {
        try await store.read { try $0.deadLetters(limit: 100) }
    }
}

/// Runs `body` with a station whose loop runs.
func withStation(
    skewMicroseconds: Int64 = 0, _ body: (TestStation) async throws -> Void
) async throws {
    let station = try TestStation(skewMicroseconds: skewMicroseconds)
    let running = Task { await station.loop.run() }
    let result: Result<Void, any Error>
    do {
        result = .success(try await body(station))
    } catch {
        result = .failure(error)
    }
    running.cancel()
    await running.value
    station.http.close()
    try station.store.close()
    // What is left in the temporary directory hurts nobody.
    try? FileManager.default.removeItem(atPath: station.directory)
    try result.get()
}

/// The same, enrolled.
func withStation(
    at hub: TestHub, _ store: HubStore, skewMicroseconds: Int64 = 0,
    _ body: (TestStation) async throws -> Void
) async throws {
    try await withStation(skewMicroseconds: skewMicroseconds) { station in
        try await station.enrol(at: hub, code: try await store.code())
        station.loop.urge.signal()
        try await body(station)
    }
}

extension StockKey {
    /// What `scan` counts up.
    static let scanned = StockKey(item: "A", place: "P")
}
