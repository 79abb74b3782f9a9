public import CurlHTTP
import Replication
public import StationStorage
import SwiftProtobuf
import SyncProtocol

/// Makes this machine a station of a hub, with a one-time code that an admin gave.
public struct Enrolling: Sendable {
    private let store: StationStore
    private let http: HTTPClient
    private let key: StationKey
    private let settings: SyncSettings

    public init(
        store: StationStore, http: HTTPClient, key: StationKey, settings: SyncSettings
    ) {
        self.store = store
        self.http = http
        self.key = key
        self.settings = settings
    }

    /// Throws `SyncError`. After an answer that was lost the same code may be tried again.
    ///
    /// Signal `SyncLoop.urge` afterwards.
    /// `pin`: of the hub's key, as its link says; nil: an authority vouches for the hub.
    public func enrol(
        hubURL: String, code: String, pin: String? = nil, name: String
    ) async throws -> Enrolment {
        let client = HubClient(
            http: http, hubURL: hubURL, pin: try pin.map(Enrolling.checked),
            clock: HubClock(settings.wallClock))
        let answer = try await client.enrol(
            .with {
                $0.code = code
                $0.publicKey = .init(key.publicKeyBytes)
                $0.name = name
                $0.fingerprint = settings.fingerprint
            })
        guard !answer.station.isEmpty else { throw SyncError.nonsense("it gives no name") }
        let enrolment = Enrolment(
            station: StationCode(answer.station), tenant: answer.tenant, hubURL: hubURL,
            generation: answer.generation, pin: pin)
        try await keep(enrolment, hubKey: Array(answer.hubKey))
        return enrolment
    }

    /// Has this station change its key, now or as soon as the hub can be reached.
    ///
    /// Signal `SyncLoop.urge` afterwards.
    public func renewKey() throws {
        try key.prepareNext()
    }

    private static func checked(_ text: String) throws -> KeyPin {
        guard let pin = KeyPin(text) else { throw SyncError.malformedPin(text) }
        return pin
    }

    /// Another hub, or another tenant of it, has another feed, and nothing of what its predecessor had.
    private func keep(_ enrolment: Enrolment, hubKey: [UInt8]) async throws {
        let before = try await store.read { try $0.enrolment() }
        try await store.write { transaction in
            try transaction.enrol(
                station: enrolment.station, tenant: enrolment.tenant, hubURL: enrolment.hubURL,
                generation: enrolment.generation, pin: enrolment.pin)
            try transaction.noteHubKey(hubKey)
            if let before,
                before.generation != enrolment.generation || before.tenant != enrolment.tenant
            {
                transaction.rewindFeed(to: 0)
            }
        }
    }
}
