import CatalogueStore
import LocalAPI
import StationStorage
import Testing

@testable import Console

@Suite struct CatalogueRouteTests {
    @Test func aSearchTellsNamesCodesAndStock() async throws {
        try await withConsole { console in
            try console.fill()
            try await console.scan("14006381333938")
            let report = try await console.get("/v1/search?q=hex%20n", SearchReport.self)
            let item = try #require(report.items.first)
            #expect(!report.isGuess)
            #expect((item.key, item.name) == ("NUT", "Hex nut"))
            #expect(item.codes.map(\.quantity) == [1, 12])
            #expect(item.stock?.map(\.quantity) == [12])
            #expect(try await console.get("/v1/search?q=nutt", SearchReport.self).isGuess)
        }
    }

    static let bad = ["/v1/search", "/v1/search?q=a&limit=0", "/v1/search?q=a&limit=51"]

    @Test(arguments: bad)
    func aSearchThatMakesNoSenseIsRefused(path: String) async throws {
        try await withConsole { console in
            let answer = try await console.send("GET", path)
            #expect((answer.status, answer.code) == (400, "parameter"))
        }
    }

    @Test func aLookUpNamesTheItemAndTheUntaughtStock() async throws {
        try await withConsole { console in
            try await console.scan("4006381333931")
            try console.fill()
            let report = try await console.get("/v1/lookup?code=14006381333938", LookUpReport.self)
            #expect((report.name, report.item?.name, report.packQuantity) == ("NUT", "Hex nut", 12))
            #expect(report.untaught?.map(\.item) == ["04006381333931"])
            let place = try await console.get("/v1/lookup?code=SHELF", LookUpReport.self)
            #expect((place.meaning, place.placeName) == ("place", "By the door"))
        }
    }

    @Test func oldScansHaveTheNameThatWasLearned() async throws {
        try await withConsole { console in
            try console.fill()
            let receipt = try await console.scan("SUP-7")
            #expect((receipt.signal, receipt.code) == ("unknown", "unknown-code"))
            let lesson = try await console.teach("SUP-7", "4006381333931", quantity: 6)
                .json(TeachReport.self)
            #expect((lesson.item, lesson.name, lesson.quantity) == ("NUT", "Hex nut", 6))
            let events = try await console.events("/v1/events?since=0&follow=false")
            let first = try APIForm.decode(EventReport.self, from: Array(events[0].data.utf8))
            #expect((first.text, first.name) == ("SUP-7", "Hex nut"))
            let batch = try #require(
                try await console.get("/v1/batches", BatchList.self).batches.first)
            let whole = try await console.get("/v1/batches/\(batch.code)", BatchReport.self)
            #expect(whole.totals.map(\.name) == ["Hex nut"])
            #expect(whole.content?.map(\.name) == ["Hex nut"])
        }
    }

    static let lessons: [(code: String, item: String, quantity: Int64, problem: String)] = [
        ("SUP-7", "NONE", 1, "catalogue-unknown-item"),
        ("4006381333931", "NUT", 1, "code-known"),
        ("LOC-A1", "NUT", 1, "not-teachable"),
        ("SUP-7", "NUT", 0, "parameter"),
        ("SUP-7", "NUT", 10_000, "parameter"),
        ("]E04006381333932", "NUT", 1, "check-digit"),
    ]

    @Test(arguments: lessons)
    func aWrongLessonIsRefused(
        code: String, item: String, quantity: Int64, problem: String
    ) async throws {
        try await withConsole { console in
            try console.fill()
            #expect(try await console.teach(code, item, quantity: quantity).code == problem)
            #expect(try await console.store.read { try $0.lastIntake() } == 0)
        }
    }

    @Test func statusTellsHowFreshTheCatalogueIs() async throws {
        try await withConsole { console in
            #expect(try await console.get("/v1/status", StatusReport.self).catalogue == nil)
            try console.fill()
            let status = try await console.get("/v1/status", StatusReport.self)
            #expect(status.catalogue?.position == 2)
            #expect(status.catalogue?.compared?.hasPrefix("2027-") == true)
        }
    }
}

extension ConsoleScene {
    fileprivate func fill() throws {
        let records: [CatalogueRecord] = [
            .item(
                CatalogueItem(
                    key: "NUT", name: "Hex nut",
                    codes: [
                        ItemPack(code: "4006381333931"),
                        ItemPack(code: "14006381333938", quantity: 12),
                    ])),
            .place(CataloguePlace(code: "SHELF", name: "By the door")),
        ]
        try store.write { transaction in
            try transaction.beginCatalogue(of: "hub")
            _ = try transaction.apply(
                CatalogueChanges(records: records, end: 2, head: 2), after: 0, of: "hub",
                wallMicroseconds: 1_800_000_000_000_000)
        }
    }

    fileprivate func teach(
        _ code: String, _ item: String, quantity: Int64
    ) async throws -> Answer {
        try await send(
            "POST", "/v1/catalogue/teach",
            APIForm.text(TeachRequest(code: code, item: item, quantity: quantity)))
    }
}
