import Replication
import SyncProtocol
import Testing

@testable import HubStorage

@Suite struct LimitTests {
    /// An empty run costs as much as an operation.
    @Test func countsEmptyRuns() async throws {
        let scene = try IntakeScene()
        let runs = (1...UInt64(TenantStore.operationsLimit) + 1).map {
            Run(incarnation: .init(rawValue: $0), link: nil, operations: [], chain: nil)
        }
        #expect(try await scene.take(runs.dropLast()).position == 0)
        await #expect(throws: HubError.tooManyOperations(count: 5001, limit: 5000)) {
            _ = try await scene.take(runs)
        }
    }

    /// However long they are: a page is cut before it fills the memory.
    @Test func readsOnlySoMuchOfTheFeedAtOnce() async throws {
        let scene = try IntakeScene()
        var life = ScriptedLife(7)
        let long = String(repeating: "x", count: 4 << 20)
        for _ in 0..<6 { life.make(.attribute("A", field: "f", value: long)) }
        for sequence in 1...6 { _ = try await scene.take([life.run(sequence...sequence)]) }
        #expect(try await scene.tenant().operations(after: 0, limit: 500).count == 4)
        let page = try await scene.tenant().feed(
            after: 0, limit: 500, for: "st-2", held: nil)
        #expect(page?.position == 1)
    }

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
