import Foundation
import HubStorage
import OperatorGrants
import SwiftProtobuf
import SyncProtocol
import Testing

@testable import Hub

/// Operators are made at the hub, and stations are told of them.
@Suite struct OperatorTests {
    private static let badge = Badge(.uid, "04A1B2C3D4E5F6")

    private static func ada(
        _ role: OperatorRole = .operator, tenant: String = "main", badges: [BadgeMark] = [],
        name: String = "ada", at hub: TestHub
    ) throws -> OperatorRecord {
        OperatorRecord(
            tenant: tenant, name: name, role: role,
            pin: try PINHash(try PIN("271828"), rounds: 1 << 10), badges: badges, days: 30,
            created: hub.clock.now)
    }

    @Test func aStationIsToldOnceAndAgainWhenSomethingChanges() async throws {
        try await withHub { hub in
            let station = try await hub.station()
            #expect(try await station.get("/v1/operators").status == 204)
            try await hub.store.registry.addOperator(try Self.ada(at: hub))
            let first = try #require(try await station.roster())
            #expect(first.grants.map(\.name) == ["ada"])
            #expect(first.grants[0].expires == hub.clock.now + 30 * 86_400_000_000)
            #expect(try await station.roster(after: first) == nil)

            try await hub.store.registry.revokeOperator("ada", tenant: "main", now: hub.clock.now)
            let second = try #require(try await station.roster(after: first))
            #expect(second.grants == [] && second.version > first.version)
        }
    }

    @Test func grantsAreRenewedBeforeTheyEnd() async throws {
        try await withHub { hub in
            let station = try await hub.station()
            try await hub.store.registry.addOperator(try Self.ada(at: hub))
            let first = try #require(try await station.roster())
            hub.clock.advance(seconds: 6 * 3600 - 1)
            #expect(try await station.roster(after: first) == nil)
            hub.clock.advance(seconds: 1)
            let second = try #require(try await station.roster(after: first))
            #expect(second.version == first.version)
            #expect(second.grants[0].expires == first.grants[0].expires + 6 * 3600 * 1_000_000)
        }
    }

    @Test func aTenantsOperatorsAreItsOwn() async throws {
        try await withHub { hub in
            try await hub.store.registry.addOperator(try Self.ada(at: hub))
            let other = try await hub.station(tenant: "other")
            #expect(try await other.get("/v1/operators").status == 204)
        }
    }

    @Test func whoIsNoStationIsToldNothing() async throws {
        try await withHub { hub in
            try await hub.store.registry.addOperator(try Self.ada(at: hub))
            #expect(try await hub.http.send("GET", "/v1/operators").status == 401)
        }
    }

    @Test func aNameIsGivenOnceAndAgainAfterARevocation() async throws {
        try await withHub { hub in
            let registry = hub.store.registry
            try await registry.addOperator(try Self.ada(at: hub))
            await #expect(throws: HubError.operatorExists("ada")) {
                try await registry.addOperator(try Self.ada(.supervisor, at: hub))
            }
            try await registry.revokeOperator("ada", tenant: "main", now: hub.clock.now)
            await #expect(throws: HubError.operatorUnknown("ada")) {
                try await registry.revokeOperator("ada", tenant: "main", now: hub.clock.now)
            }
            try await registry.addOperator(try Self.ada(.supervisor, at: hub))
            #expect(try await registry.operators(of: "main").map(\.role) == [.supervisor])
        }
    }

    @Test func aBadgeHasOneWearer() async throws {
        try await withHub { hub in
            let registry = hub.store.registry
            let mark = try #require(Self.badge).mark(tenant: "main")
            try await registry.addOperator(try Self.ada(badges: [mark], at: hub))
            await #expect(throws: HubError.badgeTaken("ada")) {
                try await registry.addOperator(
                    try Self.ada(badges: [mark], name: "bob", at: hub))
            }
            #expect(try await registry.operators(of: "main").map(\.name) == ["ada"])
            try await registry.revokeOperator("ada", tenant: "main", now: hub.clock.now)
            try await registry.addOperator(try Self.ada(badges: [mark], name: "bob", at: hub))
        }
    }

    @Test func anotherPINIsAnotherRoster() async throws {
        try await withHub { hub in
            let station = try await hub.station()
            try await hub.store.registry.addOperator(try Self.ada(at: hub))
            let first = try #require(try await station.roster())
            try await hub.store.registry.setPIN(
                try PINHash(try PIN("314159"), rounds: 1 << 10), of: "ada", tenant: "main",
                now: hub.clock.now)
            let second = try #require(try await station.roster(after: first))
            #expect(try second.grants[0].pin.matches(try PIN("314159")))
            #expect(try !second.grants[0].pin.matches(try PIN("271828")))
        }
    }
}

extension TestStation {
    /// As the hub signed it; nil: nothing new.
    fileprivate func roster(after known: Roster? = nil) async throws -> Roster? {
        let query = known.map { "?version=\($0.version)&issued=\($0.issued)" } ?? ""
        let answer = try await get("/v1/operators" + query)
        guard answer.status != 204 else { return nil }
        let message = try form.decode(WireSignedRoster.self, from: answer.body)
        return try Roster(
            SignedRoster(message), hubKey: Array(hub.store.registry.publicKeyBytes),
            tenant: tenant)
    }
}
