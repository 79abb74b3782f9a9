import Crypto
import Foundation
import HubStorage
import Replication
import ScanTesting
import StationStorage
import Synchronization
import Testing

@testable import Syncing

@Suite struct KeyRotationTests {
    @Test func aPersonChangesTheKeyWhileAllGoesOn() async throws {
        try await withHub { hub, store in
            try await withStation(at: hub, store) { station in
                try await station.scan(1)
                #expect(try await soon { try await station.waiting() == 0 })
                let old = station.key.publicKeyBytes
                try station.key.prepareNext()
                station.loop.urge.signal()
                #expect(try await soon { station.key.publicKeyBytes != old })
                #expect(station.key.next == nil)
                try await station.scan(2)
                #expect(try await soon { try await station.waiting() == 0 })
                let record = try await store.registry.stations(of: "main")[0]
                #expect(record.publicKey == station.key.publicKeyBytes)
                #expect(record.nextKey == nil)
                let stored = try StationKey(at: station.directory + "/key")
                #expect(stored.publicKeyBytes == station.key.publicKeyBytes)
            }
        }
    }

    /// The answers on the way are lost, each in turn; the station never gets stuck.
    @Test(arguments: ["/v1/keys/rotate", "/v1/hello"])
    func aLostAnswerIsMadeUpFor(path: String) async throws {
        let losses = Mutex(0)
        let decide = { @Sendable (line: String) -> CuttingProxy.Fate in
            guard line.contains(path) else { return .pass }
            return losses.withLock { left in
                left -= 1
                return left >= 0 ? .loseAnswer : .pass
            }
        }
        try await withHub(decide: decide) { hub, store in
            try await withStation(at: hub, store) { station in
                try await station.scan(1)
                #expect(try await soon { try await station.waiting() == 0 })
                let old = station.key.publicKeyBytes
                losses.withLock { $0 = 2 }
                try station.key.prepareNext()
                station.loop.urge.signal()
                #expect(try await soon { station.key.publicKeyBytes != old })
                try await station.scan(1)
                #expect(try await soon { try await station.waiting() == 0 })
                #expect(losses.withLock { $0 } < 0)
            }
        }
    }

    @Test func anOldKeyIsChangedByItself() async throws {
        try await withHub { hub, store in
            let directory = NSTemporaryDirectory() + "station-" + UUID().uuidString
            try FileManager.default.createDirectory(
                atPath: directory, withIntermediateDirectories: true)
            _ = try StationKey(at: directory + "/key")
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSinceNow: -91 * 24 * 3600)],
                ofItemAtPath: directory + "/key")
            let station = try TestStation(
                directory: directory, life: Life(random: .random(in: 1...UInt64.max)))
            let old = station.key.publicKeyBytes
            _ = try await station.enrol(at: hub, code: try await store.code())
            try await station.runsUntil { station.key.publicKeyBytes != old }
            try station.end()
        }
    }

    @Test func aChangeThatWasCutShortIsEndedAtTheNextStart() throws {
        let directory = NSTemporaryDirectory() + "key-" + UUID().uuidString
        try FileManager.default.createDirectory(
            atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }  // A temporary folder.
        let path = directory + "/key"
        let key = try StationKey(at: path)
        try key.prepareNext()
        let next = try #require(key.next)
        #expect(try StationKey(at: path).next?.rawRepresentation == next.rawRepresentation)
        // Power fails between the two files.
        try next.rawRepresentation.write(to: URL(filePath: path))
        let again = try StationKey(at: path)
        #expect(again.next == nil)
        #expect(again.privateKey.rawRepresentation == next.rawRepresentation)
        #expect(!FileManager.default.fileExists(atPath: path + ".next"))
    }

    /// A revoked station scans on; a code for it brings all in, also from another machine.
    @Test func aRevokedStationKeepsItsQueueUntilItIsLetInAgain() async throws {
        try await withHub { hub, store in
            try await withStation(at: hub, store) { station in
                try await station.scan(1)
                #expect(try await soon { try await station.waiting() == 0 })
                let name = try #require(try await station.store.read { try $0.enrolment() }).station
                try await store.registry.revoke(name, tenant: "main", now: 1)
                try await station.scan(2)
                let isTold = try await soon {
                    if case .offline("station-revoked", _) = station.loop.status.current {
                        true
                    } else {
                        false
                    }
                }
                #expect(isTold)
                #expect(try await station.waiting() == 2)
                #expect(try await station.stock()[.scanned] == 3)
                let code = try await store.registry.makeEnrolmentCode(
                    tenant: "main", minutes: 10, station: name,
                    now: station.settings.wallClock())
                #expect(try await station.enrol(at: hub, code: code.text).station == name)
                station.loop.urge.signal()
                #expect(try await soon { try await store.stock()[.scanned] == 3 })
            }
        }
    }
}
