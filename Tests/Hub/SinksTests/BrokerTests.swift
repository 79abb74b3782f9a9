import Foundation
import LinuxIO
import ScanTesting
import Testing

@testable import HubStorage
@testable import Sinks

/// Debian's own broker and subscriber hear everything, in order, whoever dies in between.
@Suite(
    .enabled(if: TestBroker.isInstalled, "mosquitto or mosquitto-clients is missing"),
    .timeLimit(.minutes(2)))
struct BrokerTests {
    private static let topic = "scanstation/main/operations"

    /// Killed where it stands, and stopped in order: what it hadn't confirmed comes again.
    @Test func aBrokerMayDieInTheMiddle() async throws {
        let scene = try SinkScene()
        let broker = try TestBroker(scene.folder)
        try broker.start()
        let subscriber = TestSubscriber(broker, scene.folder, topics: [Self.topic])
        try subscriber.subscribe()
        try broker.save()
        try subscriber.listen()
        let ids = try await scene.fill(4000)
        try await scene.add(.mqtt(MQTTSettings(url: broker.url)))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await scene.serving { try await Task.sleep(for: .seconds(100)) } }
            #expect(try await soon { try await scene.sink().position >= 300 })
            broker.kill()
            let position = try await scene.sink().position
            #expect(position < ids.count)
            #expect(
                try await soon { try await scene.sink().fault?.code.hasPrefix("sink-") == true })
            try broker.start()
            #expect(
                try await soon(within: .seconds(30)) {
                    try await scene.sink().position > position + 300
                })
            try broker.stop()
            try broker.start()
            #expect(try await soon(within: .seconds(60)) { try await scene.isDone() })
            #expect(try await soon(within: .seconds(30)) { Set(subscriber.ids).count == ids.count })
            group.cancelAll()
        }
        let isWhole = subscriber.distinct == ids
        #expect(isWhole)
    }

    @Test func whoComesLaterIsToldWhatThereIs() async throws {
        let scene = try SinkScene()
        let broker = try TestBroker(scene.folder)
        try broker.start()
        try await scene.add(.mqtt(MQTTSettings(url: broker.url, topic: "shop")))
        let ids = try await scene.fill(3)
        try await scene.serveToTheEnd()
        let late = TestSubscriber(broker, scene.folder, topics: ["homeassistant/#", "shop/#"])
        try late.listen()
        #expect(try await soon { late.messages.count == 2 })
        let messages = late.messages
        #expect(messages.allSatisfy { $0.isRetained })
        #expect(messages.contains { $0.topic == "shop/main/status" && $0.payload == "offline" })
        let told = try #require(messages.first { $0.topic.hasSuffix("/config") })
        let sensor = try JSONSerialization.jsonObject(with: Data(told.payload.utf8))
        let fields = try #require(sensor as? [String: Any])
        #expect(told.topic.hasPrefix("homeassistant/sensor/scanstation_"))
        #expect(fields["state_topic"] as? String == "shop/main/operations")
        #expect(fields["availability_topic"] as? String == "shop/main/status")
        #expect(
            (fields["device"] as? [String: Any])?["identifiers"] as? [String]
                == [try #require(fields["unique_id"] as? String)])
        #expect(ids.count == 3)
        try await scene.serving { () async throws in
            #expect(
                try await soon {
                    late.messages.last { $0.topic == "shop/main/status" }?.payload == "online"
                })
        }
    }

    @Test func aPasswordIsAskedForAndMayBePutRight() async throws {
        let scene = try SinkScene()
        let words = scene.folder.path("words")
        let made = try ChildProcess([
            "/usr/bin/mosquitto_passwd", "-c", "-b", words, "hub", "s3cret",
        ])
        #expect(try made.waitForEnd(patience: .seconds(10)) == .exited(status: 0))
        let broker = try TestBroker(
            scene.folder, options: "allow_anonymous false\npassword_file \(words)")
        try broker.start()
        let secret = try scene.folder.write("wrong\n", to: "secret")
        chmod(secret, 0o600)
        try await scene.add(
            .mqtt(MQTTSettings(url: broker.url, user: "hub", discovery: nil)), secretFile: secret)
        try await scene.fill(3)
        try await scene.serving { () async throws in
            #expect(try await soon { try await scene.sink().fault?.code == "sink-denied" })
            try scene.folder.write("s3cret\n", to: "secret")
            #expect(try await soon { try await scene.isDone() })
        }
    }

    @Test func aBrokerThatIsNotThereIsWaitedFor() async throws {
        let scene = try SinkScene()
        let broker = try TestBroker(scene.folder)
        try await scene.add(.mqtt(MQTTSettings(url: broker.url)))
        try await scene.fill(3)
        try await scene.serving { () async throws in
            #expect(try await soon { try await scene.sink().fault?.code == "sink-unreachable" })
            try broker.start()
            #expect(try await soon { try await scene.isDone() })
        }
    }

    /// Only a broker that a known authority vouches for, under the name that it is called by.
    @Test(.enabled(if: access("/usr/bin/openssl", X_OK) == 0, "openssl is missing"))
    func overTLSAStrangerGetsNothing() async throws {
        let scene = try SinkScene()
        let (key, certificate) = (scene.folder.path("key.pem"), scene.folder.path("cert.pem"))
        let made = try ChildProcess([
            "/usr/bin/openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
            "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", key, "-out", certificate,
            "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-days", "1",
        ])
        #expect(try made.waitForEnd(patience: .seconds(10)) == .exited(status: 0))
        let broker = try TestBroker(
            scene.folder, options: "allow_anonymous true\ncertfile \(certificate)\nkeyfile \(key)")
        try broker.start()
        let url = "mqtts://localhost:\(broker.port)"
        try await scene.add(.mqtt(MQTTSettings(url: url)), named: "stranger")
        try await scene.add(
            .mqtt(
                MQTTSettings(
                    url: "mqtts://127.0.0.1:\(broker.port)", authorityFile: certificate)),
            named: "misnamed")
        try await scene.add(
            .mqtt(MQTTSettings(url: url, authorityFile: certificate)), named: "known")
        try await scene.fill(3)
        try await scene.serving { () async throws in
            #expect(try await soon { try await scene.isDone("known") })
            for name in ["stranger", "misnamed"] {
                #expect(try await soon { try await scene.sink(name).fault != nil })
                #expect(try await scene.sink(name).fault?.code == "sink-untrusted")
                #expect(try await scene.sink(name).position == 0)
            }
        }
    }
}
