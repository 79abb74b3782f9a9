import Crypto
import Foundation
import HubStorage
import Replication
import SwiftProtobuf
import SyncProtocol
import Testing

@testable import Hub

@Suite struct KeyTests {
    @Test func theOldKeyIsGoodUntilTheNewOneIsUsed() async throws {
        try await withHub { hub in
            let old = try await hub.station()
            var new = old
            new.key = Curve25519.Signing.PrivateKey()
            #expect(try await new.feedStatus() == 401)
            #expect(try await old.rotate(to: new.key).status == 200)
            #expect(try await old.feedStatus() == 204)
            #expect(try await old.rotate(to: new.key).status == 200)
            #expect(try await new.feedStatus() == 204)
            #expect(try await old.feedStatus() == 401)
            #expect(try await new.feedStatus() == 204)
        }
    }

    @Test func anotherStationsKeyIsNotTaken() async throws {
        try await withHub { hub in
            let one = try await hub.station()
            let other = try await hub.station()
            let answer = try await one.rotate(to: other.key)
            #expect(answer.status == 400)
            #expect(answer.code == "public-key")
            #expect(try await other.feedStatus() == 204)
        }
    }

    @Test func aCodeForAStationPutsAnotherMachineInItsPlace() async throws {
        try await withHub { hub in
            let old = try await hub.station()
            let code = try await hub.store.registry.makeEnrolmentCode(
                tenant: "main", minutes: 10, station: old.code, now: hub.clock.now)
            var new = TestStation(hub: hub)
            try await new.enrol(code: code.text)
            #expect(new.code == old.code)
            #expect(try await new.feedStatus() == 204)
            #expect(try await old.feedStatus() == 401)
            // The answer may have been lost: the same code again.
            try await new.enrol(code: code.text)
            #expect(new.code == old.code)
        }
    }

    @Test func aCodeForAStationNeedsThatStation() async throws {
        try await withHub { hub in
            let old = try await hub.station(tenant: "other")
            await #expect(throws: HubError.stationUnknown(old.code)) {
                try await hub.store.registry.makeEnrolmentCode(
                    tenant: "main", minutes: 10, station: old.code, now: hub.clock.now)
            }
        }
    }
}

extension TestStation {
    fileprivate func feedStatus() async throws -> Int {
        try await get("/v1/feed?pos=0").status
    }

    fileprivate func rotate(
        to key: Curve25519.Signing.PrivateKey
    ) async throws -> TestHTTP.Answer {
        try await send(
            "/v1/keys/rotate",
            WireRotateKeyRequest.with { $0.publicKey = key.publicKey.rawRepresentation })
    }
}
