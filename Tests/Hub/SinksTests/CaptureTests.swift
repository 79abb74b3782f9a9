import Foundation
import Replication
import ScanTesting
import Synchronization
import Testing

@testable import HubStorage
@testable import Sinks

/// A repository of EPCIS gets the events of everything, and its capture jobs are believed.
@Suite struct CaptureTests {
    private static func target(_ url: String, batch: Int = 10) -> SinkTarget {
        .epcis(CaptureSettings(HTTPReceiver(url: url, batch: batch)))
    }

    @Test(arguments: [201, 202])
    func everyEventIsCapturedInOrder(status: Int) async throws {
        let scene = try SinkScene()
        let receiver = try TestReceiver { _, _ in TestReceiver.Answer(status: status) }
        let token = try scene.folder.write("t0ken\n", to: "token")
        chmod(token, 0o600)
        try await scene.add(Self.target(receiver.url), secretFile: token)
        let ids = try await scene.fill(25)
        try await scene.serveToTheEnd()
        #expect(receiver.taken == ids)
        let request = try #require(receiver.requests.first)
        #expect(request.headers["content-type"] == "application/ld+json")
        #expect(request.headers["gs1-epcis-version"] == "2.0.0")
        #expect(request.headers["gs1-cbv-version"] == "2.0.0")
        #expect(request.headers["gs1-capture-error-behaviour"] == "rollback")
        #expect(request.headers["authorization"] == "Bearer t0ken")
        #expect(request.json["type"] as? String == "EPCISDocument")
    }

    /// Operations that are no events are passed over without a request.
    @Test func whatIsNoEventIsPassedOver() async throws {
        let scene = try SinkScene()
        let receiver = try TestReceiver()
        try await scene.add(Self.target(receiver.url, batch: 2))
        let ids = try await scene.fill(10) { number in
            number == 7
                ? SinkScene.arrival(number)
                : .attribute("A", field: "colour", value: "red")
        }
        try await scene.serveToTheEnd()
        #expect(receiver.taken == [ids[7]])
        #expect(receiver.requests.count == 1)
    }

    @Test func aJobIsWaitedForAndWhatItRefusesIsSetAside() async throws {
        let scene = try SinkScene()
        let ids = try await scene.fill(12)
        let jobs = Mutex<[[String]]>([])
        let asked = Mutex<Set<Int>>([])
        let receiver = try TestReceiver { _, request in
            guard request.method == "GET" else {
                let number = jobs.withLock { jobs in
                    jobs.append(request.ids)
                    return jobs.count - 1
                }
                return TestReceiver.Answer(
                    status: 202, headers: [("Location", "/capture/\(number)")])
            }
            let number = Int(request.path.dropFirst("/capture/".count)) ?? 0
            guard !asked.withLock({ $0.insert(number).inserted }) else {
                return TestReceiver.Answer(status: 200, body: #"{"running":true,"success":false}"#)
            }
            return TestReceiver.Answer(
                status: 200,
                body: jobs.withLock { $0[number].contains(ids[5]) }
                    ? #"{"running":false,"success":false,"errors":[{"title":"no such class"}]}"#
                    : #"{"running":false,"success":true}"#)
        }
        try await scene.add(Self.target(receiver.url, batch: 12))
        let isDone = try await scene.serving {
            try await soon(within: .seconds(20)) { try await scene.isDone() }
        }
        #expect(isDone)
        let captured = jobs.withLock { $0.filter { !$0.contains(ids[5]) }.flatMap { $0 } }
        #expect(captured == ids.filter { $0 != ids[5] })
        #expect(try await scene.parked() == [ids[5]])
        let fault = try await scene.tenant().sinkDetails("erp", limit: 9).parked[0].fault
        #expect(fault.message.contains("no such class"))
    }

    @Test(arguments: [
        ("/capture/1", "http://h:1/capture/1"), ("http://h:1/jobs/1", "http://h:1/jobs/1"),
        ("http://h/jobs/1", nil), ("http://h:11/1", nil), ("https://h:1/1", nil), ("//evil/1", nil),
        ("capture/1", nil), ("", nil),
    ])
    func nobodyElseIsAskedForAJob(place: String, address: String?) {
        #expect(EPCISCarrier.address(of: place, beside: "http://h:1/a/capture?x=/") == address)
    }
}
