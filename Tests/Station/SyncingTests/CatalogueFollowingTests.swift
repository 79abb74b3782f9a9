import CatalogueStore
import HubStorage
import ScanTesting
import StationStorage
import Testing

@testable import Syncing

@Suite struct CatalogueFollowingTests {
    @Test func aStationHasTheCatalogueSoonAfterItIsEnrolled() async throws {
        try await withHub { hub, store in
            try await store.take((1...1200).map { ["K\($0)", "Item \($0)", "C\($0)"] })
            try await withStation(at: hub, store) { station in
                #expect(try await soon { try await station.name(of: "C1200") == "Item 1200" })
                let standing = try await station.store.read { try $0.catalogueStanding() }
                #expect(standing.position == 1200)
                #expect(standing.comparedMicroseconds != nil)
                let found = try await station.store.read {
                    try $0.searchCatalogue("item 77", limit: 1)
                }
                #expect(found.first?.item.key == "K77")
            }
        }
    }

    @Test func whatChangesComesAndWhatIsGoneGoes() async throws {
        try await withHub { hub, store in
            try await store.take([["A", "Nut", "X"], ["B", "Bolt", "Y"]])
            try await withStation { station in
                let following = try await station.following(hub, store)
                try await following.run(progressed: {})
                try await store.take([["A", "Wing nut", "X"]])
                try await store.take([["B", "yes"]], header: ["key", "delete"])
                try await following.run(progressed: {})
                #expect(try await station.name(of: "X") == "Wing nut")
                #expect(try await station.name(of: "Y") == nil)
            }
        }
    }

    /// It stood where the hub never was, as after a restored backup.
    @Test func aCatalogueThatWentBackIsTakenAnew() async throws {
        try await withHub { hub, store in
            try await store.take([["A", "Nut", "X"]])
            try await withStation { station in
                let following = try await station.following(hub, store)
                try await following.run(progressed: {})
                let source = try await station.store.read { try $0.catalogueStanding().source }
                let lost = CatalogueRecord.item(
                    CatalogueItem(key: "LOST", name: "Lost", codes: [ItemPack(code: "L")]))
                let isTaken = try await station.store.write {
                    try $0.apply(
                        CatalogueChanges(records: [lost], end: 9, head: 9), after: 1, of: source,
                        wallMicroseconds: 1)
                }
                #expect(isTaken)
                try await following.run(progressed: {})
                #expect(try await station.name(of: "X") == "Nut")
                #expect(try await station.name(of: "L") == nil)
                #expect(try await station.store.read { try $0.catalogueStanding() }.position == 1)
            }
        }
    }

    @Test func aTaughtCodeReachesTheOtherStations() async throws {
        try await withHub { hub, store in
            try await store.take([["A", "Nut", "X"]])
            try await withStation(at: hub, store) { one in
                try await withStation(at: hub, store) { other in
                    try await one.make([
                        TaughtCode(item: "A", quantity: 6).operation(on: "SUP-1")
                    ])
                    #expect(
                        try await soon {
                            try await other.store.read { try $0.meaning(of: "SUP-1") }?.quantity
                                == 6
                        })
                }
            }
        }
    }
}

extension HubStore {
    fileprivate func take(
        _ rows: [[String]], header: [String] = ["key", "name", "code"]
    ) async throws {
        _ = try await tenant("main").importCatalogue(.items, file: "test", now: 1, isTrial: false) {
            take in
            for (index, row) in ([header] + rows).enumerated() { try take(index + 1, row) }
        }
    }
}

extension TestStation {
    fileprivate func name(of code: String) async throws -> String? {
        try await store.read { try $0.meaning(of: code) }?.item.name
    }

    fileprivate func following(
        _ hub: TestHub, _ hubStore: HubStore
    ) async throws -> CatalogueFollowing {
        let downstream = try await parts(at: hub, hubStore).downstream
        return CatalogueFollowing(
            store: store, client: downstream.client, clock: downstream.clock,
            generation: downstream.generation, enrolment: downstream.enrolment)
    }
}
