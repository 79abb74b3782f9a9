import Foundation
import LinuxIO
import Replication
import ScanTesting
import Synchronization
import Testing

@testable import HubStorage
@testable import Sinks

/// A webhook gets everything, in order, whatever its receiver does.
@Suite struct WebhookTests {
    @Test func everythingArrivesInOrderAndAsItCame() async throws {
        let scene = try SinkScene()
        let receiver = try TestReceiver()
        try await scene.addWebhook(receiver)
        let first = try await scene.fill(25)
        try await scene.serving { () async throws in
            #expect(try await soon { try await scene.isDone() })
            let second = try await scene.fill(7)
            #expect(try await soon { try await scene.isDone() })
            #expect(receiver.taken == first + second)
        }
        #expect(receiver.requests.prefix(3).map(\.ids.count) == [10, 10, 5])
        let sink = try await scene.sink()
        #expect(sink.attempts == 0 && sink.fault == nil && sink.lastSuccess != nil)
    }

    /// What a receiver knows a request by.
    @Test func requestsAreSignedAndSayWhatTheyAre() async throws {
        let scene = try SinkScene()
        let receiver = try TestReceiver()
        let made = try await scene.add(
            .webhook(HTTPReceiver(url: receiver.url)))
        try await scene.fill(1)
        try await scene.serveToTheEnd()
        let request = try #require(receiver.requests.first)
        #expect(request.method == "POST" && request.path == "/hook")
        #expect(request.headers["content-type"] == "application/json")
        let secret = SinkSecret(path: try #require(made.secretFile))
        let expected = WebhookSignature(
            id: try #require(request.headers["webhook-id"]),
            seconds: try #require(request.headers["webhook-timestamp"].flatMap { Int64($0) })
        ).headers(for: request.body, keys: try secret.keys())
        for (name, value) in expected { #expect(request.headers[name] == value) }
        let body = try JSONSerialization.jsonObject(with: Data(request.body)) as? [String: Any]
        #expect(body?["type"] as? String == "operations")
        #expect((body?["data"] as? [String: Any])?["tenant"] as? String == "main")
    }

    @Test(arguments: [
        (bad: [1], batch: 10), (bad: [30], batch: 10), (bad: [15, 16], batch: 10),
        (bad: [5, 12, 28], batch: 30), (bad: [7], batch: 1),
    ])
    func oneThatIsRefusedStandsAloneAndTheRestGoesOn(bad: [Int], batch: Int) async throws {
        let scene = try SinkScene()
        let ids = try await scene.fill(30)
        let refused = Set(bad.map { ids[$0 - 1] })
        let receiver = try TestReceiver { _, request in
            refused.isDisjoint(with: request.ids)
                ? .ok : TestReceiver.Answer(status: 422, body: "no such item")
        }
        try await scene.addWebhook(receiver, batch: batch)
        try await scene.serveToTheEnd()
        #expect(receiver.taken == ids.filter { !refused.contains($0) })
        #expect(try await scene.parked() == ids.filter(refused.contains))
        let details = try await scene.tenant().sinkDetails("erp", limit: 100)
        #expect(details.parked[0].fault.code == "sink-refused")
        #expect(details.parked[0].fault.message.contains("no such item"))
        #expect(details.audit.filter { $0.action == .parked }.count == bad.count)
    }

    static let passing: [(status: Int?, code: String)] = [
        (nil, "sink-answer-lost"), (408, "sink-busy"), (425, "sink-busy"), (429, "sink-busy"),
        (503, "sink-busy"), (500, "sink-broken"), (401, "sink-denied"), (403, "sink-denied"),
        (404, "sink-wrong-address"), (302, "sink-wrong-address"),
    ]

    /// None of these is an operation's fault: it is sent again, the same, and nothing is set aside.
    @Test(arguments: passing)
    func whatMayPassIsTriedAgain(status: Int?, code: String) async throws {
        let scene = try SinkScene()
        let receiver = try TestReceiver { number, _ in
            number < 2 ? status.map { TestReceiver.Answer(status: $0) } : .ok
        }
        try await scene.addWebhook(receiver)
        let ids = try await scene.fill(5)
        try await scene.serveToTheEnd()
        #expect(receiver.taken == ids)
        #expect(receiver.requests.count == 3)
        #expect(Set(receiver.requests.map { $0.headers["webhook-id"] }).count == 1)
        #expect(Set(receiver.requests.map(\.body)).count == 1)
        let sink = try await scene.sink()
        #expect(sink.fault?.code == code && sink.attempts == 0)
        #expect(try await scene.parked() == [])
    }

    @Test(arguments: [429, 503])
    func whoWantsToBeLeftAloneIs(status: Int) async throws {
        let scene = try SinkScene()
        let receiver = try TestReceiver { number, _ in
            number > 0 ? .ok : TestReceiver.Answer(status: status, headers: [("Retry-After", "1")])
        }
        try await scene.addWebhook(receiver)
        try await scene.fill(1)
        try await scene.serveToTheEnd()
        let times = receiver.requests.map(\.time)
        #expect(times.count == 2 && times[1] - times[0] >= .seconds(1))
    }

    @Test func whoIsGoneGetsNoMoreUntilAPersonSaysSo() async throws {
        let scene = try SinkScene()
        let receiver = try TestReceiver { number, _ in
            number > 0 ? .ok : TestReceiver.Answer(status: 410)
        }
        try await scene.addWebhook(receiver)
        let ids = try await scene.fill(3)
        try await scene.serving { () async throws in
            #expect(try await soon { try await scene.sink().state == .paused })
            #expect(try await scene.sink().fault?.code == "sink-gone")
            #expect(receiver.requests.count == 1)
            try await scene.tenant().resumeSink("erp", by: "ann", now: 2)
            #expect(try await soon { try await scene.isDone() })
        }
        #expect(receiver.taken == ids)
    }

    @Test func whoRefusesEverythingIsStoppedBeforeMuchIsSetAside() async throws {
        let scene = try SinkScene()
        let isWell = Mutex(false)
        let receiver = try TestReceiver { _, _ in
            isWell.withLock { $0 } ? .ok : TestReceiver.Answer(status: 400)
        }
        try await scene.addWebhook(receiver)
        let ids = try await scene.fill(60)
        try await scene.serving { () async throws in
            #expect(try await soon { try await scene.sink().state == .failed })
            #expect(try await scene.sink().fault?.code == "sink-refuses-all")
            #expect(try await scene.parked() == Array(ids.prefix(SinkPump.parkedInRowLimit)))
            isWell.withLock { $0 = true }
            #expect(try await scene.tenant().retrySink("erp", by: "ann", now: 2) == 20)
            #expect(try await soon { try await scene.isDone() })
            #expect(try await soon { try await scene.parked() == [] })
        }
        #expect(receiver.taken.sorted() == ids.sorted())
    }

    @Test func whatWasSetAsideIsSentAgainOrGivenUp() async throws {
        let scene = try SinkScene()
        let ids = try await scene.fill(3)
        let receiver = try TestReceiver { number, request in
            number < 8 && !Set(ids[0...1]).isDisjoint(with: request.ids)
                ? TestReceiver.Answer(status: 422) : .ok
        }
        try await scene.addWebhook(receiver)
        let tenant = try scene.tenant()
        try await scene.serving { () async throws in
            #expect(try await soon { try await scene.isDone() })
            #expect(try await scene.parked() == Array(ids[0...1]))
            try await tenant.dropParked(ids[0], ofSink: "erp", by: "ann", now: 2)
            for _ in 0..<10 where try await !scene.parked().isEmpty {
                let before = receiver.requests.count
                _ = try await tenant.retrySink("erp", operation: ids[1], by: "ann", now: 3)
                #expect(try await soon { receiver.requests.count > before })
                #expect(
                    try await soon { try await tenant.wantedParked(of: scene.sink()) == nil })
            }
            #expect(try await scene.parked() == [])
        }
        #expect(receiver.taken == [ids[2], ids[1]])
        await #expect(throws: SinkError.notParked(ids[0])) {
            _ = try await tenant.retrySink("erp", operation: ids[0], by: "ann", now: 4)
        }
        let actions = try await tenant.sinkDetails("erp", limit: 100).audit.map(\.action)
        #expect(actions.contains(.dropped) && actions.contains(.delivered))
        #expect(actions.last == .added)
    }

    @Test func whatIsPausedGetsNothingAndTheNextCanBeSkipped() async throws {
        let scene = try SinkScene()
        let receiver = try TestReceiver()
        let ids = try await scene.fill(3)
        try await scene.addWebhook(receiver)
        let tenant = try scene.tenant()
        try await tenant.pauseSink("erp", by: "ann", now: 2)
        try await scene.serving { () async throws in
            #expect(
                try await tenant.skipNext(ofSink: "erp", by: "ann", now: 3).description == ids[0])
            #expect(receiver.requests.isEmpty)
            try await tenant.resumeSink("erp", by: "ann", now: 4)
            #expect(try await soon { try await scene.isDone() })
        }
        #expect(receiver.taken == Array(ids[1...]))
        #expect(try await scene.parked() == [ids[0]])
        await #expect(throws: SinkError.nothingToSkip("erp")) {
            _ = try await tenant.skipNext(ofSink: "erp", by: "ann", now: 5)
        }
    }

    @Test func whatIsRemovedIsServedNoMoreAndItsKeyIsGone() async throws {
        let scene = try SinkScene()
        let receiver = try TestReceiver()
        let made = try await scene.add(.webhook(HTTPReceiver(url: receiver.url)))
        try await scene.addWebhook(receiver, named: "other")
        try await scene.serving { () async throws in
            try await scene.fill(1)
            #expect(try await soon { receiver.taken.count == 2 })
            try await SinkSetup(store: scene.store, tenant: "main").remove(
                "erp", by: "ann", now: 2)
            try await scene.fill(1)
            #expect(try await soon { try await scene.isDone("other") })
        }
        #expect(receiver.taken.count == 3)
        let file = try #require(made.secretFile)
        #expect(!FileManager.default.fileExists(atPath: file))
    }

    /// One that hangs holds up no other.
    @Test func sinksAreServedEachByItself() async throws {
        let scene = try SinkScene()
        let silent = try ListeningSocket()
        try await scene.add(
            .webhook(HTTPReceiver(url: "http://127.0.0.1:\(silent.port)/")),
            named: "silent")
        let receiver = try TestReceiver()
        try await scene.addWebhook(receiver)
        let ids = try await scene.fill(5)
        try await scene.serveToTheEnd()
        #expect(receiver.taken == ids)
        #expect(try await scene.sink("silent").position == 0)
    }

    /// Both send, one of them moves the cursor, and what comes twice has the same id.
    @Test func twoProcessesOnOneDatabaseLoseNothing() async throws {
        let scene = try SinkScene()
        let receiver = try TestReceiver { number, _ in
            number % 7 == 3 ? nil : number % 5 == 1 ? TestReceiver.Answer(status: 503) : .ok
        }
        try await scene.addWebhook(receiver, batch: 20)
        let ids = try await scene.fill(1000)
        let other = try HubStore(directory: scene.directory)
        let isDone = try await scene.serving([scene.store, other]) {
            try await soon(within: .seconds(30)) { try await scene.isDone() }
        }
        #expect(isDone)
        try other.close()
        #expect(receiver.distinct == ids)
        #expect(try await scene.parked() == [])
    }

    @Test func aSecretThatIsNotThereIsToldAndTriedAgain() async throws {
        let scene = try SinkScene()
        let receiver = try TestReceiver()
        let made = try await scene.add(.webhook(HTTPReceiver(url: receiver.url)))
        let path = try #require(made.secretFile)
        chmod(path, 0o640)
        try await scene.fill(1)
        try await scene.serving { () async throws in
            #expect(try await soon { try await scene.sink().fault?.code == "sink-secret" })
            #expect(receiver.requests.isEmpty)
            chmod(path, 0o600)
            #expect(try await soon { try await scene.isDone() })
        }
    }
}
