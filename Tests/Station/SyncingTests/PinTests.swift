import Foundation
import Hub
import HubStorage
import Replication
import ScanTesting
import StationStorage
import Synchronization
import Syncing
import Testing

/// The hub makes its own key, and stations trust that one and no other.
@Suite struct PinTests {
    @Test func aStationThatHoldsThePinSendsAndReads() async throws {
        try await withHub(speaksTLS: true) { hub, store in
            try await withStation(at: hub, store) { station in
                try await station.scan(3)
                #expect(try await soon { try await station.waiting() == 0 })
                #expect(try await store.operations().count == 3)
            }
        }
    }

    /// Not even the one-time code leaves.
    @Test func nothingIsSentToAnotherKey() async throws {
        let lines = Mutex<[String]>([])
        let decide = { @Sendable (line: String) -> CuttingProxy.Fate in
            lines.withLock { $0.append(line) }
            return .pass
        }
        try await withHub(speaksTLS: true, decide: decide) { hub, store in
            let code = try await store.code()
            let other = try HubIdentity(in: hub.directory + "-other")
            try await withStation { station in
                let enrolling = Enrolling(
                    store: station.store, http: station.http, key: station.key,
                    settings: station.settings)
                await #expect(throws: SyncError.wrongKey(hub.url)) {
                    try await enrolling.enrol(
                        hubURL: hub.url, code: code, pin: other.pin, name: "x")
                }
                await #expect { () async throws in
                    try await enrolling.enrol(hubURL: hub.url, code: code, pin: nil, name: "x")
                } throws: {
                    ($0 as? SyncError)?.code == "hub-untrusted"
                }
                // The code is still good: the hub never saw it.
                _ = try await station.enrol(at: hub, code: code)
            }
        }
    }

    @Test func aHubThatLostItsKeyIsNotSpokenTo() async throws {
        try await withHub(speaksTLS: true) { hub, store in
            try await withStation(at: hub, store) { station in
                try await station.scan(1)
                #expect(try await soon { try await station.waiting() == 0 })
                let enrolment = try #require(try await station.store.read { try $0.enrolment() })
                let other = try HubIdentity(in: hub.directory + "-other")
                try await station.store.write { transaction in
                    try transaction.enrol(
                        station: enrolment.station, tenant: enrolment.tenant,
                        hubURL: enrolment.hubURL, generation: enrolment.generation,
                        pin: other.pin)
                }
                station.loop.urge.signal()
                let isTold = try await soon {
                    if case .offline("hub-key", _) = station.loop.status.current {
                        true
                    } else {
                        false
                    }
                }
                #expect(isTold)
                try await station.scan(2)
                #expect(try await station.waiting() == 2)
            }
        }
    }

    /// A pin says that there must be TLS.
    @Test func aPinnedHubIsNotSpokenToInPlainWords() async throws {
        try await withHub { hub, store in
            let code = try await store.code()
            let pin = try HubIdentity(in: hub.directory + "-other").pin
            try await withStation { station in
                let enrolling = Enrolling(
                    store: station.store, http: station.http, key: station.key,
                    settings: station.settings)
                await #expect(throws: SyncError.self) {
                    try await enrolling.enrol(hubURL: hub.url, code: code, pin: pin, name: "x")
                }
                await #expect(throws: SyncError.malformedPin("sha256//short=")) {
                    try await enrolling.enrol(
                        hubURL: hub.url, code: code, pin: "sha256//short=", name: "x")
                }
                _ = try await station.enrol(at: hub, code: code)
            }
        }
    }

    @Test func theKeyStaysTheSame() throws {
        let directory = NSTemporaryDirectory() + "hub-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: directory) }  // A temporary folder.
        #expect(try HubIdentity.pin(in: directory) == nil)
        let first = try HubIdentity(in: directory)
        #expect(try HubIdentity(in: directory).pin == first.pin)
        #expect(try HubIdentity.pin(in: directory) == first.pin)
        let files = try FileManager.default.contentsOfDirectory(atPath: directory + "/tls")
        for file in files {
            let attributes = try FileManager.default.attributesOfItem(
                atPath: directory + "/tls/" + file)
            #expect(attributes[.posixPermissions] as? Int == 0o600)
        }
        try Data("no key".utf8).write(to: URL(filePath: directory + "/tls/key.pem"))
        #expect(throws: IdentityError.damaged(directory + "/tls/key.pem")) {
            try HubIdentity(in: directory)
        }
    }
}
