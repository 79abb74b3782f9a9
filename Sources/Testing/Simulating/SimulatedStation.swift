import CurlHTTP
import Foundation
import Replication
import StationStorage
import Syncing

/// A card in a machine: the station's real store and the steps of its real session.
final class SimulatedStation {
    let number: Int
    let name: StationCode
    let directory: String
    /// The clock of the machine less the true time.
    var skewMicroseconds: Int64 = 0
    private(set) var store: StationStore
    private(set) var life: Life
    private let key: StationKey
    private let world: LossyWorld
    private let clock: SimulatedClock
    /// nil: nothing was said yet.
    private var session: SteppedSession?

    init(
        _ number: Int, name: StationCode, directory: String, life: UInt64, key: StationKey,
        world: LossyWorld, clock: SimulatedClock
    ) throws {
        self.number = number
        self.name = name
        self.directory = directory
        self.life = Life(random: life)
        self.key = key
        self.world = world
        self.clock = clock
        store = try SimulatedStation.open(directory)
    }

    private static func open(_ directory: String) throws -> StationStore {
        try Templates.makeStation(in: directory)
        return try StationStore(path: StationStore.path(in: directory))
    }

    func hangUp() { session = nil }

    /// The same run of the daemon, with its files in `body`'s hands for a moment.
    func pause(_ body: (String) throws -> Void) throws {
        try store.close()
        try body(directory)
        store = try SimulatedStation.open(directory)
    }

    func restart(as life: UInt64, _ body: (String) throws -> Void = { _ in }) throws {
        try pause(body)
        self.life = Life(random: life)
        hangUp()
    }

    /// The daemon is killed, and what it had open is all there is.
    func crash(as life: UInt64) throws {
        let image = directory + ".crashed"
        try Files.copyOpen(directory, to: image)
        try restart(as: life) { try Files.replace($0, with: image) }
        try FileManager.default.removeItem(atPath: image)
    }

    func make(_ kinds: [OperationKind]) async throws -> [OperationID] {
        let (life, wall) = (life, clock.now + skewMicroseconds)
        return try await store.write { transaction in
            try transaction.append(kinds, life: life, by: Author(), wallMicroseconds: wall)
        }
    }

    /// As much of a session as one step holds. `pages`: how many answers of the feed.
    func exchange(largest: Int, pages: Int) async throws {
        var known = session
        if known == nil { known = try await begun() }
        guard var session = known else { return }
        // A copy: what it learned counts, also when it ends with an error.
        do {
            try await session.exchange(of: store, largest: largest, pages: pages)
            self.session = session
        } catch {
            self.session = session
            throw error
        }
    }

    private func begun() async throws -> SteppedSession? {
        guard let enrolment = try await store.read({ try $0.enrolment() }) else { return nil }
        let (world, number, clock, skew) = (world, number, clock, skewMicroseconds)
        return SteppedSession(
            enrolment: enrolment, key: key, wallClock: { clock.now + skew },
            transport: { request async throws(HTTPError) in
                try await world.send(request, from: number)
            })
    }
}
