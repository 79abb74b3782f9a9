import Crypto
import HTTPTypes
import HubStorage
import Logging
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
        let newKey = try check(claim, station)
        // After the signature is known to be good, so that strangers can't fill the memory.
        try context.nonces.use(
            claim.nonce, keyID: claim.keyID, created: claim.created, now: now)
        if let newKey {
            try await context.store.registry.useNextKey(newKey, of: station.code)
            context.log.notice("station \(station.code) uses its new key")
        }
        return station
    }

    /// Answers with the station's next key when it was that one that signed.
    private func check(_ claim: SignatureClaim, _ station: StationRecord) throws -> [UInt8]? {
        do {
            try claim.check(Curve25519.Signing.PublicKey(rawRepresentation: station.publicKey))
            return nil
        } catch let error as SignatureError {
            guard let next = station.nextKey else { throw error }
            try claim.check(Curve25519.Signing.PublicKey(rawRepresentation: next))
            return next
        }
    }
}
