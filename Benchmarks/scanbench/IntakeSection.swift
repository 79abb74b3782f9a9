import Crypto
import Floor
import HubStorage
import Replication
import SyncProtocol

/// What the hub does with the operations of stations, without HTTP.
struct IntakeSection {
    static let runOperations = 500
    private static let stationCount = 4
    let bench: Bench

    func run() async throws -> Report {
        var report = Report(
            title: "intake-hub: operations taken in by the hub",
            about: """
                Four stations in turn send runs of 500 operations (55 % adjust, 15 % count, 15 % \
                move, 10 % serial, 5 % pick) to an empty ledger, each run one transaction. \
                Floors: the same statements and values from C, and the same without what only \
                reads. Not in the floors: the hash chain of every operation. Commit times in \
                microseconds.
                """,
            columns: ["", "operations/s", "p50", "p99", "of C SQLite", "of C, writes only"])
        let scene = try await HubScene(bench: bench)
        let runs = scene.runs(bench.operations(10_000, quick: 1000) / Self.runOperations)
        let tape = try await scene.record(runs)
        let standings = try await Race.run(
            [
                Contender("HubStorage") { try await scene.take(runs) },
                Contender("C SQLite") { try scene.play(tape, runs, floor_play_all) },
                Contender("C SQLite, writes only") {
                    try scene.play(tape, runs, floor_play_writes)
                },
            ], rounds: bench.rounds(7))
        report.add(standings, labelled: "", floors: [1, 2])
        report.rows = report.rows.map { Array($0.dropFirst()) }
        let ratio = standings[0].ratio(to: standings[1])
        report.expect("\(Figure.ratio(ratio)) of C SQLite, goal 0.60", ratio >= 0.6)
        return report
    }
}

/// A hub with stations, kept as a template that every contender gets a copy of.
struct HubScene {
    static let tenant = "main"
    private static let stationCount = 4
    private static let now: Int64 = 1_760_000_000_000_000 + 86_400_000_000
    let folder: Folder
    private let template: String
    private let stations: [StationRecord]

    init(bench: Bench) async throws {
        folder = bench.folder
        template = bench.folder.path + "/hub-template"
        let hub = try HubStore(directory: template)
        var stations: [StationRecord] = []
        for number in 0..<Self.stationCount {
            stations.append(try await Self.enrol(number, at: hub))
        }
        self.stations = stations
        _ = try hub.tenant(Self.tenant)
        try hub.close()
    }

    private static func enrol(_ number: Int, at hub: HubStore) async throws -> StationRecord {
        let code = try await hub.registry.makeEnrolmentCode(
            tenant: tenant, minutes: 10, now: now)
        let key = Curve25519.Signing.PrivateKey().publicKey
        return try await hub.registry.enrol(
            .init(
                code: code.text, publicKey: Array(key.rawRepresentation),
                name: "station \(number)", fingerprint: ""), now: now)
    }

    /// `count` runs, the stations in turn; each knows the feed up to what it sent last.
    func runs(_ count: Int) -> [(station: StationRecord, run: Run)] {
        let warehouse = Warehouse()
        var shifts = stations.enumerated().map {
            Shift(station: $1.code, number: UInt64($0) + 1, warehouse: warehouse)
        }
        return (0..<count).map { index in
            let station = index % shifts.count
            let known = max(0, index - shifts.count) * IntakeSection.runOperations
            let run = shifts[station].run(
                IntakeSection.runOperations, base: FeedPosition(known))
            return (stations[station], run)
        }
    }

    func record(_ runs: [(station: StationRecord, run: Run)]) async throws -> Tape {
        try await Tape { tape in
            let directory = try folder.copy(of: template)
            defer { folder.discard(directory) }
            let hub = try HubStore(directory: directory)
            let tenant = try hub.tenant(Self.tenant)
            tape.start()
            _ = try await take(runs, into: tenant)
            tape.stop()
            try hub.close()
        }
    }

    /// Ours, on a copy of its own. `again`: how often the same comes once more, untimed at first.
    func take(_ runs: [(station: StationRecord, run: Run)]) async throws -> Lap {
        try await withTenant { try await take(runs, into: $0) }
    }

    func play(
        _ tape: Tape, _ runs: [(station: StationRecord, run: Run)], _ what: floor_play
    ) throws -> Lap {
        let directory = try folder.copy(of: template)
        defer { folder.discard(directory) }
        let times = try tape.play(on: "\(directory)/tenants/\(Self.tenant).sqlite", what)
        return Lap(operations: operations(runs), commits: times)
    }

    func withTenant<T>(_ body: (TenantStore) async throws -> T) async throws -> T {
        let directory = try folder.copy(of: template)
        defer { folder.discard(directory) }
        let hub = try HubStore(directory: directory)
        let result = try await body(try hub.tenant(Self.tenant))
        try hub.close()
        return result
    }

    func take(
        _ runs: [(station: StationRecord, run: Run)], into tenant: TenantStore
    ) async throws -> Lap {
        var times: [UInt64] = []
        for (station, run) in runs {
            times.append(
                try await Stopwatch.time {
                    _ = try await tenant.take([run], from: station, now: Self.now)
                })
        }
        return Lap(operations: operations(runs), commits: times)
    }

    private func operations(_ runs: [(station: StationRecord, run: Run)]) -> Int {
        runs.reduce(0) { $0 + $1.run.operations.count }
    }
}
