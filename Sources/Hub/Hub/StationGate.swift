import Crypto
import HTTPTypes
import HubStorage
import MessageSignatures
import Replication

/// Lets signed requests of stations through, each once. The tenant is the credential's, always.
struct StationGate: Sendable {
    let context: HubContext
    private let verifier = RequestVerifier()

    init(context: HubContext) {
        self.context = context
    }

    func station(of exchange: MessageExchange) async throws -> StationRecord {
        let headers = exchange.headers
        let request = SignedRequest(
            method: exchange.method, path: exchange.path, body: exchange.body
        ) { name in
            HTTPField.Name(name).flatMap { name in
                let values = headers[values: name]
                return values.isEmpty ? nil : values.joined(separator: ", ")
            }
        }
        let now = context.clock() / 1_000_000
        let claim = try verifier.claim(of: request, now: now)
        let station = try await context.store.registry.station(StationCode(claim.keyID))
        try claim.check(Curve25519.Signing.PublicKey(rawRepresentation: station.publicKey))
        // After the signature is known to be good, so that strangers can't fill the memory.
        try context.nonces.use(
            claim.nonce, keyID: claim.keyID, created: claim.created, now: now)
        return station
    }
}
