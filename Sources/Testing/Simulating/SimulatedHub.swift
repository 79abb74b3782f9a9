import CurlHTTP
import Foundation
import GRDB
import Hub
import HubStorage
import LedgerStore
import Replication
import ScanTesting
import Synchronization

/// The hub's own routes and storage, called without a network.
actor SimulatedHub {
    nonisolated let directory: String
    private let clock: SimulatedClock
    private let lives: SeededLives
    private(set) var store: HubStore
    private var desk: SyncDesk

    init(directory: String, clock: SimulatedClock, seed: UInt64) throws {
        self.directory = directory
        self.clock = clock
        let lives = SeededLives(seed: seed)
        self.lives = lives
        try Templates.makeHub(in: directory)
        store = try HubStore(directory: directory, makeLife: { lives.next() })
        desk = SyncDesk(store: store, clock: { clock.now })
    }

    var tenant: TenantStore {
        get throws { try store.tenant("main") }
    }

    /// Stops the hub, lets `body` do something to its files, and starts it again.
    func restart(_ body: (String) throws -> Void = { _ in }) throws {
        try store.close()
        try body(directory)
        let lives = lives
        store = try HubStore(directory: directory, makeLife: { lives.next() })
        let clock = clock
        desk = SyncDesk(store: store, clock: { clock.now })
    }

    /// The process ends between two commits, and what it had open is all there is.
    func crash() throws {
        let image = directory + ".crashed"
        try Files.copyOpen(directory, to: image)
        try restart { try Files.replace($0, with: image) }
        try FileManager.default.removeItem(atPath: image)
    }

    /// As an admin does who put a backup back.
    func tellOfRestore() throws {
        try store.registry.renewGeneration()
        try restart()
    }

    func close() throws { try store.close() }

    /// Somebody settles one of the conflicts that the hub shows. false: there was none.
    func decide(_ random: inout SplitMix64) async throws -> Bool {
        let conflicts = try await tenant.conflictDetails(limit: 20)
        guard !conflicts.isEmpty else { return false }
        let conflict = random.pick(conflicts)
        let decision: ConflictDecision =
            conflict.choices.isEmpty
            ? .quantity(Int64(random.below(30))) : .choice(1 + random.below(conflict.choices.count))
        _ = try await tenant.resolve(conflict.id, decision, operator: "ann", now: clock.now)
        return true
    }

    /// Names are drawn at random by the hub; here they follow from the seed, for they decide ties.
    func enrol(_ name: String, publicKey: [UInt8]) async throws {
        let now = clock.now
        let code = try await store.registry.makeEnrolmentCode(
            tenant: "main", minutes: 10, now: now)
        let record = try await store.registry.enrol(
            .init(code: code.text, publicKey: publicKey, name: name, fingerprint: ""), now: now)
        let file = try DatabaseQueue(path: directory + "/hub.sqlite")
        try await file.write { db in
            try db.execute(
                sql: "UPDATE station SET code = ? WHERE code = ?",
                arguments: [name, record.code.rawValue])
        }
        try file.close()
    }

    /// What the tenant's ledger holds, read beside the hub.
    func picture(_ keys: KeyRange) throws -> HubPicture {
        let file = try DatabaseQueue(path: directory + "/tenants/main.sqlite")
        defer {
            // It was only read.
            try? file.close()
        }
        return try file.read { try HubPicture(Ledger(role: .hub), keys, $0) }
    }

    func answer(_ request: HTTPRequest) async throws -> HTTPResponse {
        let path = String(request.url.dropFirst("http://hub".count))
        if let answer = try waitsForNothing(path) { return answer }
        let answer = try await desk.answer(
            request.method, path, headers: request.headers, body: request.body)
        return HTTPResponse(
            status: answer.status, headers: answer.headers + [("Date", clock.httpDate)],
            body: answer.body)
    }

    /// The long wait of the feed, without the wait.
    private func waitsForNothing(_ path: String) throws -> HTTPResponse? {
        guard path.hasPrefix("/v1/feed?pos="),
            let position = UInt64(path.dropFirst("/v1/feed?pos=".count).prefix { $0 != "&" }),
            try tenant.position == position
        else { return nil }
        return HTTPResponse(status: 204, headers: [], body: [])
    }
}

/// The incarnations that a hub draws, by seed: they decide ties.
private final class SeededLives: Sendable {
    private let random: Mutex<SplitMix64>

    init(seed: UInt64) { random = Mutex(SplitMix64(seed: seed ^ 0x4855_4220)) }

    func next() -> Incarnation { random.withLock { Incarnation(rawValue: max(1, $0.next())) } }
}
