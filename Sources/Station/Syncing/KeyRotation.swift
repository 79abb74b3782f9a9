import Crypto
import Logging
import StationStorage
import SyncProtocol

/// Changes the station's key, so that one that was stolen unseen is not good for ever.
///
/// The hub is told of the next key with the old one's signature, and forgets the old one when it
/// hears the next. Whatever is lost on the way, one of the two is good, and the next try ends it.
struct KeyRotation: Sendable {
    let loop: SyncLoop
    let enrolment: Enrolment
    let clock: HubClock

    /// Whether the key is to be changed: it is old, or a person asked.
    func isDue() -> Bool {
        if loop.key.next != nil { return true }
        guard let made = loop.key.made() else { return false }
        let age = loop.settings.wallClock() - made
        return age > loop.settings.keyAgeLimit.components.seconds * 1_000_000
    }

    /// Answers with the key to sign with from now on.
    func begin() async throws -> Curve25519.Signing.PrivateKey {
        guard isDue() else { return loop.key.privateKey }
        try loop.key.prepareNext()
        guard let next = loop.key.next else { return loop.key.privateKey }
        let client = HubClient(
            http: loop.http, enrolment: enrolment, key: loop.key.privateKey, clock: clock)
        do {
            _ = try await client.rotateKey(to: Array(next.publicKey.rawRepresentation))
        } catch SyncError.notTrusted("signature-wrong", _) {
            // It has heard the next key, and its answer was lost.
        } catch SyncError.refused("not-found", _) {
            loop.log.notice("hub: it can't change keys; the old one stays")
            try loop.key.discardNext()
            return loop.key.privateKey
        }
        return next
    }

    /// The hub has heard the key.
    func end() throws {
        guard loop.key.next != nil else { return }
        try loop.key.useNext()
        loop.log.notice("hub: this station signs with a new key now")
    }
}
