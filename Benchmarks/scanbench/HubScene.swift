import Crypto
import Floor
import HubStorage
import Replication
import SyncProtocol

/// A hub with stations, kept as a template that every contender gets a copy of.
struct HubScene {
    static let tenant = "main"
    private static let stationCount = 4
    private static let now: Int64 = 1_760_000_000_000_000 + 86_400_000_000
    let folder: Folder
    private let template: String
    let stations: [StationRecord]

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

    /// The first `count` runs.
    func runs(_ count: Int) -> [(station: StationRecord, run: Run)] {
        var source = RunSource(stations)
        return (0..<count).map { _ in source.next() }
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

    /// Ours, on a copy of its own.
    func take(_ runs: [(station: StationRecord, run: Run)]) async throws -> Lap {
        try await withTenant { try await take(runs, into: $0) }
    }

    func play(
        _ tape: Tape, operations: Int, _ what: floor_play
    ) throws -> Lap {
        let directory = try folder.copy(of: template)
        defer { folder.discard(directory) }
        return try Lap(operations: operations) {
            try tape.play(on: "\(directory)/tenants/\(Self.tenant).sqlite", what)
        }
    }

    func withTenant<T>(_ body: (TenantStore) async throws -> T) async throws -> T {
        try await withTenant(at: { _, tenant in try await body(tenant) })
    }

    func withTenant<T>(
        at body: (String, TenantStore) async throws -> T
    ) async throws -> T {
        let directory = try folder.copy(of: template)
        defer { folder.discard(directory) }
        let hub = try HubStore(directory: directory)
        let result = try await body(directory, try hub.tenant(Self.tenant))
        try hub.close()
        return result
    }

    func take(
        _ runs: [(station: StationRecord, run: Run)], into tenant: TenantStore
    ) async throws -> Lap {
        try await Lap(operations: runs.reduce(0) { $0 + $1.run.operations.count }) {
            var times: [UInt64] = []
            for (station, run) in runs {
                times.append(
                    try await Stopwatch.time {
                        _ = try await tenant.take([run], from: station, now: Self.now)
                    })
            }
            return times
        }
    }
}
