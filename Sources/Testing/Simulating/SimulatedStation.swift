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
    private let limits: SteppedSession.Limits
    private let world: LossyWorld
    private let clock: SimulatedClock
    /// nil: nothing was said yet.
    private var session: SteppedSession?

    init(
        _ number: Int, name: StationCode, directory: String, life: Life, key: StationKey,
        limits: SteppedSession.Limits, world: LossyWorld, clock: SimulatedClock
    ) throws {
        self.number = number
        self.name = name
        self.directory = directory
        self.life = life
        self.key = key
        self.limits = limits
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

    /// The machine goes on where it was when `image` was made, in the same run of the daemon.
    func resume(_ image: String) throws {
        try pause { try Files.replace($0, with: image) }
        hangUp()
    }

    /// Answers with how many operations of a forked life were made anew.
    @discardableResult
    func restart(as life: UInt64, _ body: (String) throws -> Void = { _ in }) throws -> Int {
        try pause(body)
        let life = Life(random: life)
        self.life = life
        hangUp()
        return try store.write { try $0.reissue(in: life) }
    }

    /// The daemon is killed, and what it had open is all there is.
    func crash(as life: UInt64) throws {
        let image = directory + ".crashed"
        try Files.copyOpen(directory, to: image)
        try restart(as: life) { try Files.replace($0, with: image) }
        try FileManager.default.removeItem(atPath: image)
    }

    /// `work`: a number for what is made now. It goes with the operations as their device.
    func make(
        _ kinds: [OperationKind], work: Int, _ memory: Memory
    ) async throws -> [OperationID] {
        let (life, wall) = (life, clock.now + skewMicroseconds)
        let made = try await store.write { transaction in
            try transaction.append(
                kinds, life: life, by: Author(device: "\(work)"), wallMicroseconds: wall)
        }
        try await memory.note(made, in: store)
        return made
    }

    /// As much of a session as one step holds. `pages`: how many answers of the feed.
    func exchange(largest: Int, pages: Int) async throws {
        try await spell { try await $0.exchange(of: store, largest: largest, pages: pages) }
    }

    /// How many ranges of what is here differed from the hub's.
    func audit() async throws -> Int {
        try await spell { try await $0.audit(store) } ?? 0
    }

    private func spell<Result>(
        _ body: (inout SteppedSession) async throws -> Result
    ) async throws -> Result? {
        var known = session
        if known == nil { known = try await begun() }
        guard var session = known else { return nil }
        // A copy: what it learned counts, also when it ends with an error.
        defer { self.session = session }
        return try await body(&session)
    }

    private func begun() async throws -> SteppedSession? {
        guard let enrolment = try await store.read({ try $0.enrolment() }) else { return nil }
        let (world, number, clock, skew) = (world, number, clock, skewMicroseconds)
        return SteppedSession(
            enrolment: enrolment, key: key, limits: limits, wallClock: { clock.now + skew },
            transport: { request async throws(HTTPError) in
                try await world.send(request, from: number)
            })
    }
}
