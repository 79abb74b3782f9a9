import CatalogueStore
import HubStorage
import SyncProtocol
import Testing

@testable import Hub

@Suite struct CatalogueTests {
    private static let rows = [
        ["key", "name", "code", "quantity"], ["A", "Nut", "X", ""], ["B", "Bolt", "Y", "12"],
        ["C", "Pin", "", ""],
    ]

    @Test(arguments: [1, 2, 2000])
    func aStationIsToldInPages(size: Int) async throws {
        try await withHub { hub in
            try await hub.take(Self.rows)
            let station = try await hub.station()
            var items: [WireCatalogueItem] = []
            var (position, head) = (UInt64(0), UInt64(3))
            while position < head {
                let page = try await station.catalogue("?since=\(position)&max=\(size)")
                #expect(page.items.count <= size)
                #expect(page.generation == hub.store.registry.generation)
                items += page.items
                (position, head) = (page.position, page.head)
            }
            #expect(items.map(\.key) == ["A", "B", "C"])
            #expect(items[1].codes.map(\.quantity) == [12])
            #expect(try await station.get("/v1/catalogue?since=3").status == 204)
        }
    }

    @Test func onlyWhatChangedIsToldAndThatSomethingIsGone() async throws {
        try await withHub { hub in
            try await hub.take(Self.rows)
            let station = try await hub.station()
            try await hub.take([["key", "name", "delete"], ["B", "Bolts", ""], ["C", "", "yes"]])
            let page = try await station.catalogue("?since=3")
            #expect(page.items.map(\.key) == ["B", "C"])
            #expect(page.items.map(\.deleted) == [false, true])
            #expect(page.head == 5)
        }
    }

    @Test func anotherTenantsCatalogueIsItsOwn() async throws {
        try await withHub { hub in
            try await hub.take(Self.rows)
            let stranger = try await hub.station(tenant: "other")
            #expect(try await stranger.catalogue("").items.isEmpty)
        }
    }

    @Test func aPositionBeyondItsEndIsGone() async throws {
        try await withHub { hub in
            let answer = try await hub.station().get("/v1/catalogue?since=1")
            #expect((answer.status, answer.code) == (410, "catalogue-gone"))
        }
    }

    @Test func whoDidNotSignIsToldNothing() async throws {
        try await withHub { hub in
            let answer = try await hub.http.send("GET", "/v1/catalogue")
            #expect(answer.status == 401)
        }
    }

    @Test func aTrialChangesNothing() async throws {
        try await withHub { hub in
            let outcome = try await hub.take(Self.rows, isTrial: true)
            #expect((outcome.changed, outcome.id) == (3, nil))
            let tenant = try hub.store.tenant("main")
            #expect(try await tenant.items(after: "", limit: 9).isEmpty)
            #expect(try await tenant.catalogueImports(limit: 9).isEmpty)
        }
    }
}

extension TestHub {
    @discardableResult
    func take(
        _ rows: [[String]], isTrial: Bool = false
    ) async throws -> CatalogueImport.Outcome {
        try await store.tenant("main").importCatalogue(
            .items, file: "test", now: clock.now, isTrial: isTrial
        ) { take in
            for (index, row) in rows.enumerated() { try take(index + 1, row) }
        }
    }
}

extension TestStation {
    fileprivate func catalogue(_ query: String) async throws -> WireCataloguePage {
        let answer = try await get("/v1/catalogue\(query)")
        #expect(answer.status == 200)
        return try form.decode(WireCataloguePage.self, from: answer.body)
    }
}
