import Foundation
import HubStorage
import Replication
import ScanTesting
import StationStorage
import Syncing

/// Some stations and a hub, and all that befalls them, from one seed.
public final class Simulation {
    public static let backlogSeed = Shape.backlogSeed

    /// To be called when no simulation will follow: leaves nothing in memory.
    public static func cleanUp() throws { try Templates.remove() }

    public let seed: UInt64
    let coverage: Coverage
    let hub: SimulatedHub
    private(set) var stations: [SimulatedStation] = []
    /// Of each incarnation, what the hub in its present state has acknowledged.
    private(set) var acknowledged: [Incarnation: UInt64] = [:]
    /// What was made, and what it spoke of.
    let memory = Memory()
    private(set) var clones = 0
    private(set) var forkedLives = 0
    private(set) var hubsPutBack = 0
    /// How often each station's card was put back. The second time it may hold what the first time
    /// was lost: two branches, which a hub can't tell from those of a copy.
    private(set) var putBacks: [StationCode: Int] = [:]
    /// What should never have happened on the way.
    private(set) var faults: [String] = []

    let clock = SimulatedClock()
    private let world: LossyWorld
    private var random: SplitMix64
    let shape: Shape
    private var choice: KindChoice
    /// Where the cards and the hub's disk are.
    public let root: String
    private let keepsFiles: Bool
    private var keys: [StationCode: StationKey] = [:]
    private var images: [Image] = []
    private var hasBackup = false
    private var lastNumber = 0
    private var works = 0

    /// `keepsFiles`: they stay when the simulation is over, for somebody to look at.
    public init(seed: UInt64, coverage: Coverage, keepsFiles: Bool = false) throws {
        self.seed = seed
        self.keepsFiles = keepsFiles
        self.coverage = coverage
        random = SplitMix64(seed: seed)
        shape = Shape(seed: seed)
        choice = KindChoice(shape.keys)
        root = try Files.makeRoot()
        hub = try SimulatedHub(directory: root + "/hub", clock: clock, seed: seed)
        world = LossyWorld(hub: hub, seed: seed, coverage: coverage)
    }

    deinit {
        if keepsFiles { return }
        // What is left in memory hurts nobody but the next test.
        try? FileManager.default.removeItem(atPath: root)
    }

    public func run() async throws {
        let few = shape.stations.lowerBound
        let count = few + random.below(shape.stations.upperBound - few + 1)
        for _ in 0..<count { try await enrolStation() }
        if shape.backlog > 0 { try await makeBacklog() }
        for _ in 0..<shape.steps {
            clock.advance(byMicroseconds: Int64(random.below(2_000_000)))
            try await step()
        }
        await heal()
    }

    public func close() async throws {
        for station in stations { try station.store.close() }
        try await hub.close()
    }

    private func makeBacklog() async throws {
        for _ in 0..<(shape.backlog / 500) {
            let kinds = (0..<500).map { _ in choice.kind(&random) }
            choice.made += try await make(kinds, at: stations[0])
        }
        coverage.note("operations", shape.backlog)
        coverage.note("long backlog")
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

    private func addStation(
        _ name: StationCode, _ path: String, in life: Life? = nil
    ) throws -> SimulatedStation {
        guard let key = keys[name] else { throw CocoaError(.fileNoSuchFile) }
        let station = try SimulatedStation(
            stations.count, name: name, directory: path,
            life: life ?? Life(random: random.next()), key: key, limits: shape.limits,
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
        if shape.decides, try await stepOfHub() { return }
        if shape.copiesCopies, random.chance(15), try await copyACopy() { return }
        if shape.putsMemoryBack, random.chance(8), try await putMemoryBack() { return }
        let station = random.pick(stations)
        switch random.below(100) {
        case ..<42: try await work(station)
        case ..<80: await exchange(station, largest: 1 + random.below(12), pages: random.below(3))
        case ..<83: try await world.deliverLate()
        case ..<85:
            coverage.note("station restart")
            try station.restart(as: random.next())
        case ..<87: try await crash(station)
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

    /// People decide at the hub, and it loses what they decided. false: nothing was done.
    private func stepOfHub() async throws -> Bool {
        switch random.below(100) {
        case ..<10:
            guard try await hub.decide(&random) else { return false }
            coverage.note("decided at the hub")
        case ..<13: hasBackup ? try await restoreHub() : try await backUpHub()
        default: return false
        }
        return true
    }

    /// The daemon is killed in the midst of a session, or at rest.
    private func crash(_ station: SimulatedStation) async throws {
        await world.stopSender(after: random.below(4))
        await exchange(station, largest: 1 + random.below(12), pages: random.below(3))
        await world.stopSender(after: nil)
        coverage.note("station killed")
        try station.crash(as: random.next())
    }

    private func make(
        _ kinds: [OperationKind], at station: SimulatedStation
    ) async throws -> [OperationID] {
        works += 1
        return try await station.make(kinds, work: works, memory)
    }

    private func work(_ station: SimulatedStation) async throws {
        var kinds: [OperationKind] = []
        for _ in 0...random.below(4) { kinds.append(choice.kind(&random)) }
        coverage.note("operations", kinds.count)
        do {
            choice.made += try await make(kinds, at: station)
        } catch StoreError.damaged where forkedLives > 0 {
            // The feed brought what a copy made in this life, before anything was made here. People
            // are told to start the daemon anew.
            coverage.note("life taken by a copy")
            try station.restart(as: random.next())
            choice.made += try await make(kinds, at: station)
        }
    }

    private func exchange(_ station: SimulatedStation, largest: Int, pages: Int) async {
        do {
            try await station.exchange(largest: largest, pages: pages)
            coverage.note("exchange")
        } catch let error as SyncError {
            coverage.note("error \(error.code)")
            if case .fork = error { await begin(anew: station, error) }
        } catch {
            faults.append("\(station.name): \(error)")
        }
        await noteAcknowledged(station)
    }

    /// What the daemon does when a copy of it was faster: it ends, and is started anew.
    private func begin(anew station: SimulatedStation, _ error: SyncError) async {
        coverage.note("fork")
        do {
            if forkedLives == 0 { throw error }
            if try station.restart(as: random.next()) > 0 { coverage.note("made anew") }
        } catch {
            faults.append("\(station.name): \(error)")
        }
    }

    private func noteAcknowledged(_ station: SimulatedStation) async {
        do {
            // What a station was told before the hub was put back counts once it has greeted again.
            let (lives, enrolment) = try await station.store.read {
                (try $0.lives(), try $0.enrolment())
            }
            guard await enrolment?.generation == hub.store.registry.generation else { return }
            for life in lives {
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
        let image = Image(
            station: station.name, life: station.life, path: root + "/image-\(images.count)")
        try station.pause { try Files.copy($0, to: image.path) }
        images.append(image)
        if shape.forksLives, clones < 3, random.chance(50) { try fork(image) }
    }

    /// Into the machine it came from, or into another one beside it.
    private func putBackImage() async throws {
        guard !images.isEmpty else { return }
        let image = random.pick(images)
        if putsCardsBack, random.chance(60),
            let own = stations.first(where: { $0.name == image.station })
        {
            coverage.note(
                putsHubBack && hasBackup ? "older card beside an older hub" : "older card")
            await world.forget(own.number)
            putBacks[own.name, default: 0] += 1
            try own.restart(as: random.next()) { try Files.replace($0, with: image.path) }
        } else if clones < 3 {
            coverage.note("cloned card")
            try addCopy(of: image, in: nil)
        }
    }

    /// Two machines go on in the same run of the daemon: a snapshot of a virtual one was started.
    private func fork(_ image: Image) throws {
        coverage.note("forked life")
        forkedLives += 1
        try addCopy(of: image, in: image.life)
    }

    /// Two then hold what neither has sent, behind what the first of all will send under the same
    /// numbers. false: there is no copy yet, or there are enough.
    private func copyACopy() async throws -> Bool {
        guard forkedLives > 0, clones < 3, let copy = stations.last,
            let first = stations.first(where: { $0.name == copy.name }), first.life == copy.life
        else { return false }
        try await work(first)
        try await work(copy)
        try image(copy)
        if let image = images.last, clones < 3 { try fork(image) }
        await exchange(first, largest: 20, pages: 0)
        return true
    }

    /// What it lost meanwhile the hub has, and it hears of it before it makes anything. false: cards
    /// are not put back beside a hub that is.
    private func putMemoryBack() async throws -> Bool {
        guard !putsHubBack else { return false }
        let own = random.pick(stations)
        try image(own)
        guard let image = images.last else { return false }
        try await work(own)
        await exchange(own, largest: 100, pages: 0)
        await world.forget(own.number)
        try own.resume(image.path)
        coverage.note("older memory")
        await hearAll(own)
        try await work(own)
        return true
    }

    private func hearAll(_ station: SimulatedStation) async {
        for _ in 0..<20 {
            do {
                return try await station.exchange(largest: 100, pages: 1000)
            } catch let error as SyncError {
                coverage.note("error \(error.code)")
                if case .fork = error { await begin(anew: station, error) }
            } catch {
                faults.append("\(station.name): \(error)")
            }
        }
        // The network never let it: what it makes now may be a fork.
        forkedLives += 1
    }

    private func addCopy(of image: Image, in life: Life?) throws {
        clones += 1
        let path = root + "/clone-\(stations.count)"
        try Files.copy(image.path, to: path)
        _ = try addStation(image.station, path, in: life)
    }

    private func backUpHub() async throws {
        coverage.note("hub backup")
        let backup = root + "/backup"
        try await hub.restart { directory in
            if FileManager.default.fileExists(atPath: backup) {
                try FileManager.default.removeItem(atPath: backup)
            }
            try Files.copy(directory, to: backup)
        }
        hasBackup = true
        hangUpMost()
    }

    private var putsHubBack: Bool { seed.isMultiple(of: 2) }
    private var putsCardsBack: Bool { !putsHubBack || losesOnBothSides }
    /// What both a card and the hub lost, others may still hold, and nobody sends it again.
    var losesOnBothSides: Bool { seed.isMultiple(of: 4) }

    private func restoreHub() async throws {
        guard putsHubBack, hasBackup else { return }
        coverage.note("older hub")
        hubsPutBack += 1
        let backup = root + "/backup"
        try await hub.restart { try Files.replace($0, with: backup) }
        try await hub.tellOfRestore()
        acknowledged = [:]
        hangUpMost()
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
                await heal(station)
                await noteAcknowledged(station)
            }
        }
    }

    /// Two a copy, and one more that finds nothing.
    private static let forksLimit = 7

    private func heal(_ station: SimulatedStation) async {
        do {
            // Where the hub can't say how far a life agrees, it has to be asked a second time.
            for _ in 0..<Self.forksLimit {
                do {
                    return try await station.exchange(largest: 100, pages: 1000)
                } catch let error as SyncError {
                    guard case .fork = error else { throw error }
                    await begin(anew: station, error)
                }
            }
            faults.append("\(station.name) is told of forks for ever")
        } catch {
            faults.append("healing \(station.name): \(error)")
        }
    }
}

/// A copy of a machine, as it was.
private struct Image {
    let station: StationCode
    let life: Life
    let path: String
}
