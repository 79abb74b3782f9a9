import GRDB
import LedgerStore
import Replication
import ScanTesting
import Simulating
import SyncProtocol

@testable import StationStorage

/// What one transaction did, and how long the journal was before and after.
struct Promise: Sendable {
    var began: Int
    var kept: Int
    var operations: [OperationID: OperationKind]
    /// So much the hub has acknowledged of the life, when that was the transaction.
    var acknowledged: (life: Incarnation, sequence: UInt64)?

    /// Whether the transaction had returned before `moment`.
    func isKept(at moment: PowerCuts.Moment) -> Bool { kept <= moment.number }
    func hasBegun(at moment: PowerCuts.Moment) -> Bool { began <= moment.number }
}

/// A station's day: scans, answers of the hub, others' operations, restarts.
struct StationScript {
    private(set) var promises: [Promise] = []
    private(set) var startOfPromises = 0
    private var random = SplitMix64(seed: 7)
    private var choice = KindChoice(.few)
    private var life = Life(random: 101)
    private var sent: [Incarnation: UInt64] = [:]
    private var positions: FeedPosition = 0

    static func path(in folder: String) -> String { folder + "/station.db" }

    /// About two hundred operations in sixty transactions. `isDurable`: false tells SQLite not to
    /// wait for the disk, which must be noticed.
    mutating func run(in folder: String, isDurable: Bool) throws {
        var store = try open(folder, isDurable)
        startOfPromises = PowerCuts.now
        for step in 0..<60 {
            try make(1 + random.below(6), in: store)
            if step % 7 == 6 { try acknowledge(in: store) }
            if step % 9 == 8 { try follow(4, in: store) }
            if step % 25 == 24 {
                try store.close()
                store = try open(folder, isDurable)
                life = Life(random: UInt64(step) + 200)
            }
        }
        try store.close()
    }

    private func open(_ folder: String, _ isDurable: Bool) throws -> StationStore {
        let store = try StationStore(path: Self.path(in: folder))
        try store.database.writeWithoutTransaction { db in
            // Small, so that the log is folded in many times.
            try db.execute(sql: "PRAGMA wal_autocheckpoint = 60")
            if !isDurable { try db.execute(sql: "PRAGMA synchronous = NORMAL") }
        }
        return store
    }

    private mutating func make(_ count: Int, in store: StationStore) throws {
        let kinds = (0..<count).map { _ in choice.kind(&random) }
        let (life, began) = (life, PowerCuts.now)
        let ids = try store.write { transaction in
            let ids = try transaction.append(
                kinds, life: life, by: Author(), wallMicroseconds: 1_800_000_000_000_000)
            try transaction.record(Self.intake(ids))
            return ids
        }
        choice.made += ids
        promises.append(
            Promise(
                began: began, kept: PowerCuts.now,
                operations: Dictionary(uniqueKeysWithValues: zip(ids, kinds))))
    }

    private static func intake(_ ids: [OperationID]) -> IntakeRecord {
        IntakeRecord(
            wallMicroseconds: 0, monotonicMicroseconds: 0, device: "s", payload: [49], text: "1",
            aim: "", symbology: "", meaning: "item", decision: "taken", signal: "good", code: "",
            message: "", batch: "", operations: ids)
    }

    /// The hub takes what there is, gives positions and ranks, refuses a few.
    private mutating func acknowledge(in store: StationStore) throws {
        let began = PowerCuts.now
        let runs = try store.read { try $0.unsent(limit: 40) }
        for run in runs {
            guard let last = run.operations.last?.operation.id else { continue }
            try store.write { transaction in
                try transaction.acknowledge(
                    last.incarnation, upTo: last.sequence, wallMicroseconds: 1)
            }
            promises.append(
                Promise(
                    began: began, kept: PowerCuts.now, operations: [:],
                    acknowledged: (last.incarnation, last.sequence)))
            let entries = run.operations.map { entry in
                positions += 1
                let refusal =
                    positions % 11 == 0 ? Refusal(code: "no", message: "not this one") : nil
                return FeedRun.Entry(
                    id: entry.operation.id,
                    standing: Standing(
                        position: positions, rank: entry.operation.clock.rawValue + 5,
                        isRefused: refusal != nil),
                    refusal: refusal, content: nil)
            }
            try apply(
                FeedRun(
                    station: "unenrolled", incarnation: run.incarnation, link: run.link,
                    entries: entries), in: store)
        }
    }

    /// Another station has said something.
    private mutating func follow(_ count: Int, in store: StationStore) throws {
        let life = Incarnation(rawValue: 9)
        var entries: [FeedRun.Entry] = []
        for _ in 0..<count {
            positions += 1
            sent[life, default: 0] += 1
            let operation = Operation(
                id: OperationID(incarnation: life, sequence: sent[life, default: 1]),
                station: "other", clock: HybridTime(rawValue: 1_800_000_000_000_000),
                base: 0, kind: choice.kind(&random))
            entries.append(
                FeedRun.Entry(
                    id: operation.id,
                    standing: Standing(
                        position: positions, rank: 1_800_000_000_000_000 + Int64(positions)),
                    refusal: nil,
                    content: Run.Entry(operation, kindBytes: operation.kind.kindBytes)))
        }
        try apply(
            FeedRun(station: "other", incarnation: life, link: nil, entries: entries), in: store)
    }

    private func apply(_ run: FeedRun, in store: StationStore) throws {
        try store.write { try $0.apply(run, wallMicroseconds: 1) }
    }
}
