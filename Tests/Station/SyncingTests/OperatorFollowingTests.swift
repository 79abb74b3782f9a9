import Crypto
import Foundation
import GRDB
import HubStorage
import OperatorGrants
import ScanTesting
import StationStorage
import Testing

@testable import Syncing

@Suite struct OperatorFollowingTests {
    @Test func aStationKnowsItsOperatorsSoonAndForgetsTheRevoked() async throws {
        try await withHub { hub, store in
            try await store.add("ada")
            try await withStation(at: hub, store) { station in
                #expect(try await soon { try await station.operators() == ["ada"] })
                try await store.registry.revokeOperator("ada", tenant: "main", now: 2)
                try await store.add("bob")
                // Greeted anew, it asks at once.
                try await station.following(store, hub)
                #expect(try await station.operators() == ["bob"])
            }
        }
    }

    @Test func aGrantThatWasChangedInTheFileIsRefusedUntilTheHubMendsIt() async throws {
        try await withHub { hub, store in
            try await store.add("ada")
            try await withStation(at: hub, store) { station in
                #expect(try await soon { try await station.operators() == ["ada"] })
                try station.spoilRoster()
                #expect(throws: GrantError.rosterSignature) {
                    try station.store.read { try $0.roster() }
                }
                try await station.following(store, hub)
                #expect(try await station.operators() == ["ada"])
            }
        }
    }

    @Test func anOlderRosterAndAStrangersAreNotTaken() async throws {
        try await withHub { hub, store in
            try await store.add("ada")
            try await withStation(at: hub, store) { station in
                #expect(try await soon { try await station.operators() == ["ada"] })
                let held = try #require(try await station.store.read { try $0.roster() })
                let older = Roster(
                    tenant: "main", version: 9, issued: held.issued - 1, grants: [])
                let signed = try older.signed(by: store.registry.signingKey)
                #expect(throws: GrantError.rosterOld) {
                    try station.store.write { try $0.keep(signed) }
                }
                let forged = try older.signed(by: .init())
                #expect(throws: GrantError.rosterSignature) {
                    try station.store.write { try $0.keep(forged) }
                }
                #expect(try await station.operators() == ["ada"])
            }
        }
    }
}

extension HubStore {
    fileprivate func add(_ name: String) async throws {
        try await registry.addOperator(
            OperatorRecord(
                tenant: "main", name: name, role: .operator,
                pin: try PINHash(try PIN("271828"), rounds: 1 << 10), badges: [], days: 30,
                created: 1))
    }
}

extension TestStation {
    fileprivate func operators() async throws -> [String]? {
        try await store.read { try $0.roster() }?.grants.map(\.name)
    }

    fileprivate func following(_ store: HubStore, _ hub: TestHub) async throws {
        let enrolment = try #require(try await self.store.read { try $0.enrolment() })
        _ = try await OperatorFollowing(
            store: self.store,
            client: HubClient(
                http: http, enrolment: enrolment, key: key.privateKey,
                clock: HubClock(settings.wallClock)),
            enrolment: enrolment
        ).run()
    }

    /// As somebody would who may write to the file.
    fileprivate func spoilRoster() throws {
        var patient = Configuration()
        patient.busyMode = .timeout(10)
        let file = try DatabaseQueue(path: directory + "/station.db", configuration: patient)
        try file.write { db in
            let roster = try Data.fetchOne(db, sql: "SELECT roster FROM roster") ?? Data()
            let supervisor = roster.replacing(Data("operator".utf8), with: Data("overseer".utf8))
            #expect(supervisor != roster)
            try db.execute(sql: "UPDATE roster SET roster = ?", arguments: [supervisor])
        }
        try file.close()
    }
}
