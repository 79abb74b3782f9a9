import CurlHTTP
import Foundation
import LedgerStore
import Replication
import ScanTesting
import StationStorage
import SyncProtocol

@testable import Syncing

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
    /// nil: the hub has to be greeted.
    private var session: (generation: String, clock: HubClock)?

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
        try FileManager.default.createDirectory(
            atPath: directory, withIntermediateDirectories: true)
        return try StationStore(path: directory + "/station.db")
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

    func make(_ kinds: [OperationKind]) async throws -> [OperationID] {
        let (life, wall) = (life, clock.now + skewMicroseconds)
        return try await store.write { transaction in
            try transaction.append(kinds, life: life, by: Author(), wallMicroseconds: wall)
        }
    }

    /// As much of a session as one step holds. `pages`: how many answers of the feed.
    func exchange(largest: Int, pages: Int) async throws {
        do {
            try await speak(largest, pages)
        } catch let error as SyncError {
            if error.endsSession { hangUp() }
            throw error
        }
    }

    private func speak(_ largest: Int, _ pages: Int) async throws {
        guard let enrolment = try await store.read({ try $0.enrolment() }) else { return }
        let (clock, skew) = (clock, skewMicroseconds)
        let hubClock = session?.clock ?? HubClock { clock.now + skew }
        let client = client(enrolment, hubClock)
        let generation: String
        if let session {
            generation = session.generation
        } else {
            let settings = SyncSettings(software: "s", fingerprint: "", wallClock: { 0 })
            generation = try await Greeting(
                store: store, client: client, clock: hubClock, settings: settings
            ).exchange()
            session = (generation, hubClock)
        }
        let size = SharedBatchSize()
        while size.count > largest { size.failed() }
        try await Upstream(
            store: store, client: client, clock: hubClock, work: Wakeup(), size: size
        ).drain()
        let downstream = Downstream(
            store: store, client: client, clock: hubClock, generation: generation,
            enrolment: enrolment)
        for _ in 0..<pages { guard try await downstream.turn() else { break } }
    }

    private func client(_ enrolment: Enrolment, _ hubClock: HubClock) -> HubClient {
        let (world, number) = (world, number)
        return HubClient(
            transport: { request async throws(HTTPError) in
                try await world.send(request, from: number)
            }, enrolment: enrolment, key: key, clock: hubClock)
    }
}
