import Foundation
import GRDB
import LedgerStore
import Replication
import SyncProtocol

@testable import HubStorage

/// A ledger in a directory of its own, and the stations that speak to it.
final class IntakeScene {
    static let now: Int64 = 1_800_000_000_000_000

    let directory = NSTemporaryDirectory() + "hub-" + UUID().uuidString
    private var store: HubStore

    init() throws {
        store = try HubStore(directory: directory)
    }

    deinit {
        try? store.close()  // A test that failed may have left it closed.
        for path in [directory, backup] { try? FileManager.default.removeItem(atPath: path) }
    }

    func tenant(_ name: String = "main") throws -> TenantStore {
        try store.tenant(name)
    }

    var registry: Registry { store.registry }

    func restart(_ body: (String) throws -> Void = { _ in }) throws {
        try store.close()
        try body(directory)
        store = try HubStore(directory: directory)
    }

    private var backup: String { directory + ".backup" }

    func backUp() throws {
        try restart { try FileManager.default.copyItem(atPath: $0, toPath: backup) }
    }

    func putBack() throws {
        try restart { directory in
            try FileManager.default.removeItem(atPath: directory)
            try FileManager.default.copyItem(atPath: backup, toPath: directory)
        }
    }

    /// Stops the hub, does something to the tenant's database, and starts it again.
    func edit(_ body: (Database) throws -> Void) throws {
        try store.close()
        let file = try DatabaseQueue(path: directory + "/tenants/main.sqlite")
        try file.write(body)
        try file.close()
        store = try HubStore(directory: directory)
    }

    func take(
        _ runs: [Run], from station: StationCode = "st-1", offset: Int64 = 0, now: Int64 = now
    ) async throws -> IntakeAnswer {
        try await tenant().take(
            runs, from: IntakeScene.record(station, offset: offset), now: now)
    }

    /// Every operation of the feed, in order.
    func feed() async throws -> [OperationID] {
        try await tenant().operations(after: 0, limit: 100_000).map(\.operation.id)
    }

    func ranks() async throws -> [Int64] {
        try await tenant().operations(after: 0, limit: 100_000).map(\.standing.rank)
    }

    static func record(_ station: StationCode, offset: Int64) -> StationRecord {
        StationRecord(row: [
            "code": station.rawValue, "tenant": "main", "public_key": Data(), "name": "",
            "enrolled": 0, "last_seen": nil, "revoked": nil, "offset_us": offset,
            "fingerprint": "", "software": "",
        ])
    }
}

/// One life of a station: makes operations and the runs that carry them.
struct ScriptedLife {
    let incarnation: Incarnation
    var link: IncarnationLink?
    var clock = IntakeScene.now
    private(set) var entries: [Run.Entry] = []
    private(set) var chains = [OperationChain.start]

    init(_ number: UInt64, parent: Incarnation? = nil, at sequence: UInt64 = 0) {
        incarnation = Incarnation(rawValue: number)
        link = parent.map { IncarnationLink(parent: $0, sequence: sequence) }
    }

    init(_ number: UInt64, operations: Int) {
        self.init(number)
        make(operations)
    }

    mutating func make(_ count: Int) {
        for _ in 0..<count { make(.adjust(StockKey(item: "A", place: "P"), delta: 1)) }
    }

    /// `amended`: the sequence of the operation whose place it takes, in `life` or this one.
    mutating func make(
        _ kind: OperationKind, base: FeedPosition = 0, amends amended: UInt64? = nil,
        of life: Incarnation? = nil
    ) {
        clock += 1
        let operation = Operation(
            id: OperationID(incarnation: incarnation, sequence: UInt64(entries.count) + 1),
            station: "st-1", clock: HybridTime(rawValue: clock), base: base, kind: kind,
            amends: amended.map {
                OperationID(incarnation: life ?? incarnation, sequence: $0)
            })
        entries.append(Run.Entry(operation, kindBytes: operation.kindBytes))
        chains.append(
            OperationChain.next(
                chains[chains.count - 1], operation: operation, kindBytes: operation.kindBytes))
    }

    /// Those of `sequences`, which count from 1.
    func run(_ sequences: ClosedRange<Int>, withChain: Bool = true) -> Run {
        Run(
            incarnation: incarnation, link: link,
            operations: Array(entries[(sequences.lowerBound - 1)..<sequences.upperBound]),
            chain: withChain ? chains[sequences.upperBound] : nil)
    }
}
