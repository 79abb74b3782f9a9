import Foundation
import LinuxIO
import ScanTesting
import Testing

@testable import HubStorage
@testable import Sinks

/// The hub's own process is killed while it sends, and goes on where its receiver confirmed.
@Suite(.timeLimit(.minutes(2))) struct HubProcessTests {
    private static let status = "scanstation/main/status"

    private static func serve(_ scene: SinkScene) throws -> ChildProcess {
        try ChildProcess([
            BuiltProgram.path("scanhub"), "serve", "--data", scene.directory, "--listen",
            "127.0.0.1:0",
        ])
    }

    @Test func aWebhookSurvivesSIGKILL() async throws {
        let scene = try SinkScene()
        let receiver = try TestReceiver()
        try await scene.addWebhook(receiver, batch: 5)
        let ids = try await scene.fill(1500)
        for part in 1...3 {
            let hub = try Self.serve(scene)
            #expect(
                try await soon(within: .seconds(30)) { receiver.distinct.count > part * 200 })
            hub.kill()
            #expect(receiver.distinct.count < ids.count)
        }
        let hub = try Self.serve(scene)
        #expect(try await soon(within: .seconds(60)) { try await scene.isDone() })
        hub.kill()
        let isWhole = receiver.distinct == ids
        #expect(isWhole)
    }

    @Test(.enabled(if: TestBroker.isInstalled, "mosquitto or mosquitto-clients is missing"))
    func aBrokerHearsEverythingAfterSIGKILL() async throws {
        let scene = try SinkScene()
        let broker = try TestBroker(scene.folder)
        try broker.start()
        let subscriber = TestSubscriber(
            broker, scene.folder, topics: ["scanstation/main/operations", Self.status])
        try subscriber.subscribe()
        try subscriber.listen()
        try await scene.add(.mqtt(MQTTSettings(url: broker.url)))
        let ids = try await scene.fill(4000)
        let first = try Self.serve(scene)
        #expect(
            try await soon(within: .seconds(30)) { try await scene.sink().position >= 500 })
        first.kill()
        #expect(try await scene.sink().position < ids.count)
        // The broker's word, for the hub can't say it any more.
        #expect(
            try await soon {
                subscriber.messages.last { $0.topic == Self.status }?.payload == "offline"
            })
        let second = try Self.serve(scene)
        #expect(try await soon(within: .seconds(60)) { try await scene.isDone() })
        #expect(try await soon { Set(subscriber.ids).count == ids.count })
        second.kill()
        let isWhole = subscriber.distinct == ids
        #expect(isWhole)
    }
}
