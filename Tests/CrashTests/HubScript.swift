import Foundation
import GRDB
import Replication
import ScanTesting
import Simulating
import StationStorage
import SyncProtocol

@testable import HubStorage

/// A hub's day: three stations send runs, some twice, some overlapping.
struct HubScript {
    /// A request, what it held, and how long the journal was before and after its answer.
    struct Answered: Sendable {
        var began: Int
        var kept: Int
        var station: StationCode
        var runs: [Run]
        var ids: [OperationID] { runs.flatMap(\.operations).map(\.operation.id) }
    }

    private(set) var answered: [Answered] = []
    private(set) var startOfPromises = 0
    private var random = SplitMix64(seed: 11)

    static let now: Int64 = 1_800_000_100_000_000

    static func record(_ station: StationCode) -> StationRecord {
        StationRecord(row: [
            "code": station.rawValue, "tenant": "main", "public_key": Data(), "name": "",
            "enrolled": 0, "last_seen": nil, "revoked": nil, "offset_us": 0, "fingerprint": "",
            "software": "",
        ])
    }

    /// About two hundred operations in fifty requests.
    mutating func run(in folder: String, isDurable: Bool) async throws {
        let runs = try makeRuns()
        var hub = try open(folder, isDurable)
        startOfPromises = PowerCuts.now
        for (index, (station, run)) in runs.enumerated() {
            try await send([run], from: station, to: hub)
            if random.chance(20) { try await send([run], from: station, to: hub) }
            if index == runs.count / 2 {
                try hub.close()
                hub = try open(folder, isDurable)
            }
        }
        try hub.close()
    }

    private func open(_ folder: String, _ isDurable: Bool) throws -> HubStore {
        let hub = try HubStore(directory: folder)
        try hub.tenant("main").setForCrashes(isDurable: isDurable)
        return hub
    }

    private mutating func send(
        _ runs: [Run], from station: StationCode, to hub: HubStore
    ) async throws {
        let began = PowerCuts.now
        _ = try await hub.tenant("main").take(runs, from: Self.record(station), now: Self.now)
        answered.append(
            Answered(began: began, kept: PowerCuts.now, station: station, runs: runs))
    }

    /// What three real stations have to send, four operations at a time, in turn.
    private mutating func makeRuns() throws -> [(StationCode, Run)] {
        var choice = KindChoice(.few)
        var queues: [(StationCode, [Run])] = []
        for number in 1...3 {
            let folder = try TemporaryFolder()
            let store = try StationStore(path: folder.path + "/station.db")
            try store.write {
                try $0.enrol(
                    station: StationCode("st-\(number)"), tenant: "main", hubURL: "http://hub",
                    generation: "g")
            }
            for life in 0..<2 {
                for _ in 0..<8 {
                    let kinds = (0..<4).map { _ in choice.kind(&random) }
                    choice.made += try store.write {
                        try $0.append(
                            kinds, life: Life(random: UInt64(number * 10 + life)), by: Author(),
                            wallMicroseconds: 1_800_000_000_000_000)
                    }
                }
            }
            queues.append((StationCode("st-\(number)"), try pieces(store)))
            try store.close()
        }
        return (0..<(queues.map(\.1.count).max() ?? 0)).flatMap { index in
            queues.compactMap { $1.indices.contains(index) ? ($0, $1[index]) : nil }
        }
    }

    private func pieces(_ store: StationStore) throws -> [Run] {
        var (runs, beyond) = ([Run](), [Incarnation: UInt64]())
        while let run = try store.read({ try $0.unsent(limit: 4, beyond: beyond) }).first {
            runs.append(run)
            beyond[run.incarnation] = run.operations.last?.operation.id.sequence
        }
        return runs
    }
}
