import Crypto
import CurlHTTP
import Logging
import Replication
import StationStorage

/// One spell of being connected to the hub. Each ends by throwing.
struct SyncSession: Sendable {
    private let loop: SyncLoop
    private let enrolment: Enrolment
    private let client: HubClient
    private let clock: HubClock
    private let size: SharedBatchSize
    /// The sessions' own: reset when one has got somewhere.
    private let backoff: SharedBackoff
    private let up: Leg
    private let down: Leg

    private let rotation: KeyRotation
    /// How often the age of the key is looked at.
    private static let keyLook = Duration.seconds(24 * 3600)

    /// The station belongs elsewhere now, or is to have another key.
    struct Changed: Error {}

    init(
        loop: SyncLoop, enrolment: Enrolment, rotation: KeyRotation,
        key: Curve25519.Signing.PrivateKey, size: SharedBatchSize, backoff: SharedBackoff
    ) {
        let health = SessionHealth(status: loop.status, log: loop.log)
        self.loop = loop
        self.rotation = rotation
        self.enrolment = enrolment
        clock = rotation.clock
        self.size = size
        self.backoff = backoff
        var client = HubClient(http: loop.http, enrolment: enrolment, key: key, clock: clock)
        client.measured = loop.settings.measured
        self.client = client
        let limit = loop.settings.backoffLimit
        up = Leg(direction: .up, health: health, backoff: SharedBackoff(limit: limit))
        down = Leg(direction: .down, health: health, backoff: SharedBackoff(limit: limit))
    }

    func run() async throws {
        let welcome = try await Greeting(
            store: loop.store, client: client, clock: clock, settings: loop.settings
        ).greet()
        try rotation.end()
        loop.status.set(.online)
        loop.log.notice("hub: connected", metadata: ["station": "\(enrolment.station)"])
        let sentFirst = Wakeup()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await runUp(sentFirst) }
            group.addTask { try await runDown(welcome, after: sentFirst) }
            group.addTask { try await watch() }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    private func runUp(_ sentFirst: Wakeup) async throws {
        let upstream = Upstream(
            store: loop.store, client: client, clock: clock, work: loop.work, size: size)
        try await up.run { progressed in
            // Once is enough, and whether it went well doesn't matter.
            defer { sentFirst.signal() }
            try await upstream.run {
                progressed()
                backoff.reset()
                sentFirst.signal()
            }
        }
    }

    /// What waits here leaves before news come in.
    private func runDown(_ welcome: Greeting.Welcome, after sentFirst: Wakeup) async throws {
        await sentFirst.wait()
        let downstream = Downstream(
            store: loop.store, client: client, clock: clock, generation: welcome.generation,
            enrolment: enrolment, hubPosition: welcome.position,
            audit: Audit(
                store: loop.store, client: client, clock: clock,
                generation: welcome.generation, log: loop.log),
            rosterHeard: loop.settings.rosterHeard)
        try await down.run { progressed in
            try await downstream.run {
                progressed()
                backoff.reset()
            }
        }
    }

    /// Somebody is impatient, or has enrolled the station anew.
    private func watch() async throws {
        while true {
            await loop.urge.wait(atMost: Self.keyLook)
            try Task.checkCancellation()
            let now = try await loop.store.read { try $0.enrolment() }
            guard now?.station == enrolment.station, now?.hubURL == enrolment.hubURL,
                now?.pin == enrolment.pin
            else {
                throw Changed()
            }
            if rotation.isDue() { throw Changed() }
            up.nudge.signal()
            down.nudge.signal()
        }
    }
}
