public import CurlHTTP
import Replication
public import StationStorage
import SyncProtocol
import SwiftProtobuf

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

    /// Throws `SyncError`. The code is used up only when this returns.
    public func enrol(hubURL: String, code: String, name: String) async throws -> Enrolment {
        let client = HubClient(http: http, hubURL: hubURL, clock: settings.wallClock)
        let answer = try await client.enrol(
            .with {
                $0.code = code
                $0.publicKey = .init(key.publicKeyBytes)
                $0.name = name
                $0.fingerprint = settings.fingerprint
            })
        return try await store.write { transaction in
            transaction.enrol(
                station: StationCode(answer.station), tenant: answer.tenant, hubURL: hubURL,
                generation: answer.generation)
            return Enrolment(
                station: StationCode(answer.station), tenant: answer.tenant, hubURL: hubURL,
                generation: answer.generation)
        }
    }
}
