import Testing

@testable import HubStorage

@Suite struct LimitTests {
    @Test func takesANonceOnce() throws {
        let memory = NonceMemory()
        try memory.use("nonce-1", keyID: "a", created: 100, now: 100)
        try memory.use("nonce-1", keyID: "b", created: 100, now: 100)

        #expect(throws: HubError.requestReplayed) {
            try memory.use("nonce-1", keyID: "a", created: 100, now: 700)
        }
    }

    @Test func keepsOnlySoManyNonces() throws {
        let memory = NonceMemory(limit: 2)
        try memory.use("nonce-1", keyID: "a", created: 100, now: 100)
        try memory.use("nonce-2", keyID: "a", created: 100, now: 100)
        #expect(throws: HubError.tooManyRequests(retryAfterSeconds: 60)) {
            try memory.use("nonce-3", keyID: "a", created: 100, now: 100)
        }
        // What is too old to be taken needs no memory.
        try memory.use("nonce-3", keyID: "a", created: 701, now: 701)
    }

    @Test func letsOnlySoManyAttemptsFail() throws {
        let limit = AttemptLimit(count: 2, perSeconds: 60)
        for now: Int64 in [0, 10_000_000] { try limit.begin(now: now) }
        #expect(throws: HubError.tooManyRequests(retryAfterSeconds: 51)) {
            try limit.begin(now: 10_000_000)
        }
        try limit.begin(now: 60_000_000)
    }

    @Test func countsNoAttemptThatSucceeds() throws {
        let limit = AttemptLimit(count: 2, perSeconds: 60)
        for now in Int64(0)..<10 {
            try limit.begin(now: now)
            limit.succeeded(now: now)
        }
    }

    @Test(arguments: ["7K3QF-X9M2A", "7k3qfx9m2a", " 7K3QF X9M2A "])
    func readsWhatPeopleType(typed: String) {
        #expect(EnrolmentCode.hash(typed) == EnrolmentCode.hash("7K3QFX9M2A"))
    }

    @Test func takesLookAlikesForOneAnother() {
        #expect(EnrolmentCode.hash("O0I1L-22222") == EnrolmentCode.hash("00111-22222"))
    }

    @Test(arguments: [("main", true), ("a-1", true), ("", false), ("../x", false), ("A", false)])
    func keepsTenantNamesNarrow(name: String, isGood: Bool) {
        #expect(((try? Registry.checked(tenant: name)) != nil) == isGood)
    }
}
