import Foundation
import GRDB
import Replication
import ScanTesting
import StationStorage
import Synchronization

@testable import HubStorage
@testable import Syncing

/// Some stations and a hub, and all that befalls them, from one seed.
final class Simulation {
    let seed: UInt64
    let coverage: Coverage
    let hub: SimulatedHub
    private(set) var stations: [SimulatedStation] = []
    /// Of each incarnation, what the hub in its present state has acknowledged.
    private(set) var acknowledged: [Incarnation: UInt64] = [:]
    private(set) var hasClones = false
    /// What should never have happened on the way.
    private(set) var faults: [String] = []

    let clock = SimulatedClock()
    private let world: LossyWorld
    private var random: SplitMix64
    private var choice = KindChoice()
    private let root: String
    private var keys: [StationCode: StationKey] = [:]
    private var images: [(station: StationCode, path: String)] = []
    private var hasBackup = false
    private var lastNumber = 0

    init(seed: UInt64, coverage: Coverage) throws {
        self.seed = seed
        self.coverage = coverage
        random = SplitMix64(seed: seed)
        let memory = "/dev/shm"
        let parent =
            access(memory, W_OK) == 0 ? memory : FileManager.default.temporaryDirectory.path
        root = parent + "/scanstation-\(UUID().uuidString)"
        try FileManager.default.createDirectory(
            atPath: root, withIntermediateDirectories: true)
        hub = try SimulatedHub(directory: root + "/hub", clock: clock)
        world = LossyWorld(hub: hub, seed: seed, coverage: coverage)
    }

    deinit {
        // What is left in memory hurts nobody but the next test.
        try? FileManager.default.removeItem(atPath: root)
    }

    func run(steps: Int = 90) async throws {
        for _ in 0..<(2 + random.below(7)) { try await enrolStation() }
        for _ in 0..<steps {
            clock.advance(byMicroseconds: Int64(random.below(2_000_000)))
            try await step()
        }
        await heal()
    }

    func close() async throws {
        for station in stations { try station.store.close() }
        try await hub.close()
    }

    private func enrolStation() async throws {
        lastNumber += 1
        let name = StationCode("st-\(lastNumber)")
        let key = try StationKey(at: root + "/key-\(lastNumber)")
        keys[name] = key
        try await hub.enrol(name.rawValue, publicKey: key.publicKeyBytes)
        let generation = await hub.store.registry.generation
        let station = try addStation(name, root + "/station-\(lastNumber)")
        try await station.store.write { transaction in
            try transaction.enrol(
                station: name, tenant: "main", hubURL: "http://hub", generation: generation)
        }
    }

    private func addStation(_ name: StationCode, _ path: String) throws -> SimulatedStation {
        guard let key = keys[name] else { throw CocoaError(.fileNoSuchFile) }
        let station = try SimulatedStation(
            stations.count, name: name, directory: path, life: random.next(), key: key,
            world: world, clock: clock)
        station.skewMicroseconds = skew()
        stations.append(station)
        return station
    }

    private func skew() -> Int64 {
        guard random.chance(30) else { return 0 }
        coverage.note("wrong clock")
        return random.pick([-400_000_000, -3_000_000, 5_000_000, 90_000_000, 864_000_000_000])
    }

    private func step() async throws {
        let station = random.pick(stations)
        switch random.below(100) {
        case ..<42: try await work(station)
        case ..<80: await exchange(station, largest: 1 + random.below(12), pages: random.below(3))
        case ..<84: try await world.deliverLate()
        case ..<87:
            coverage.note("station restart")
            try station.restart(as: random.next())
        case ..<90: try image(station)
        case ..<93: try await putBackImage()
        case ..<95:
            coverage.note("hub restart")
            try await hub.restart()
            hangUpMost()
        case ..<97: try await backUpHub()
        case ..<98: try await restoreHub()
        default: station.skewMicroseconds = skew()
        }
    }

    private func work(_ station: SimulatedStation) async throws {
        var kinds: [OperationKind] = []
        for _ in 0...random.below(4) { kinds.append(choice.kind(&random)) }
        choice.made += try await station.make(kinds)
        coverage.note("operations", kinds.count)
    }

    private func exchange(_ station: SimulatedStation, largest: Int, pages: Int) async {
        do {
            try await station.exchange(largest: largest, pages: pages)
            coverage.note("exchange")
        } catch let error as SyncError {
            coverage.note("error \(error.code)")
            if case .fork = error { faults.append("\(station.name): \(error)") }
        } catch {
            faults.append("\(station.name): \(error)")
        }
        await noteAcknowledged(station)
    }

    private func noteAcknowledged(_ station: SimulatedStation) async {
        do {
            for life in try await station.store.read({ try $0.lives() }) {
                acknowledged[life.incarnation] = max(
                    life.acknowledged, acknowledged[life.incarnation] ?? 0)
            }
        } catch {
            faults.append("\(station.name): \(error)")
        }
    }
}

// Files that are copied and put back.
extension Simulation {
    private func image(_ station: SimulatedStation) throws {
        let path = root + "/image-\(images.count)"
        try station.pause { try FileManager.default.copyItem(atPath: $0, toPath: path) }
        images.append((station.name, path))
    }

    /// Into the machine it came from, or into another one beside it.
    private func putBackImage() async throws {
        guard !images.isEmpty else { return }
        let image = random.pick(images)
        if !putsHubBack, random.chance(60),
            let own = stations.first(where: { $0.name == image.station })
        {
            coverage.note("older card")
            await world.forget(own.number)
            try own.restart(as: random.next()) { try Simulation.replace($0, with: image.path) }
        } else if stations.count < 10 {
            coverage.note("cloned card")
            hasClones = true
            let path = root + "/clone-\(stations.count)"
            try FileManager.default.copyItem(atPath: image.path, toPath: path)
            _ = try addStation(image.station, path)
        }
    }

    private func backUpHub() async throws {
        coverage.note("hub backup")
        let backup = root + "/backup"
        try await hub.restart { directory in
            if FileManager.default.fileExists(atPath: backup) {
                try FileManager.default.removeItem(atPath: backup)
            }
            try FileManager.default.copyItem(atPath: directory, toPath: backup)
        }
        hasBackup = true
        hangUpMost()
    }

    /// Not where cards are put back as well: what both lost others may still hold, and nobody
    /// sends it again.
    private var putsHubBack: Bool { seed.isMultiple(of: 2) }

    private func restoreHub() async throws {
        guard putsHubBack, hasBackup else { return }
        coverage.note("older hub")
        let backup = root + "/backup"
        try await hub.restart { try Simulation.replace($0, with: backup) }
        try await hub.tellOfRestore()
        acknowledged = [:]
        hangUpMost()
    }

    private static func replace(_ directory: String, with copy: String) throws {
        try FileManager.default.removeItem(atPath: directory)
        try FileManager.default.copyItem(atPath: copy, toPath: directory)
    }

    /// A session survives a quick restart when it asks nothing meanwhile.
    private func hangUpMost() {
        for station in stations where random.chance(80) { station.hangUp() }
    }
}

extension Simulation {
    private func heal() async {
        await world.heal()
        for _ in 0..<3 {
            for station in stations {
                clock.advance(byMicroseconds: 1_000_000)
                station.hangUp()
                do {
                    try await station.exchange(largest: 100, pages: 100)
                } catch {
                    faults.append("healing \(station.name): \(error)")
                }
                await noteAcknowledged(station)
            }
        }
    }
}
