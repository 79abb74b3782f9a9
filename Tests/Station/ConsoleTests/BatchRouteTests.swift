import Foundation
import LocalAPI
import Testing

@testable import Console

@Suite struct BatchRouteTests {
    private static let delivery = """
        {"code":"ASN 1","lines":[
            {"item":"4006381333931","quantity":2,"name":"pens"},
            {"item":"09521234543213","lot":"L7","unit":"106141412345678908","quantity":1}]}
        """
    private static let box = "]C100106141412345678908"
    private static let pallet = "]C100106141412345679998"

    private static func give(_ scene: ConsoleScene) async throws -> ExpectedListReport {
        try await scene.send("POST", "/v1/lists", delivery).json(ExpectedListReport.self)
    }

    private static func tell(_ command: String, _ scene: ConsoleScene) async throws {
        let answer = try await scene.send("POST", "/v1/commands", #"{"command":"\#(command)"}"#)
        #expect(answer.status == 200)
    }

    @Test func aListIsGivenAndComparedWithWhatIsScanned() async throws {
        try await withConsole { scene in
            let given = try await Self.give(scene)
            #expect(given.lineCount == 2)
            #expect(!given.isCurrent)
            try await Self.tell("LIST:ASN 1", scene)
            for code in ["4006381333931", Self.box, "]C1010952123454321310L8"] {
                try await scene.scan(code)
            }
            let list = try await scene.get("/v1/lists/ASN%201", ExpectedListReport.self)
            let compared = try #require(list.comparison)
            #expect(list.isCurrent)
            #expect(compared.lines.map(\.state) == ["part", "missing"])
            #expect(compared.lines[0].item == "04006381333931")
            #expect(compared.lines[1].unit == "00/106141412345678908")
            #expect(compared.strays.map(\.reason) == ["lot"])
            #expect(compared.missing == 2)
            #expect(compared.verdict == "2 missing, 1 wrong")

            let current = try await scene.get("/v1/batches/current", CurrentBatch.self)
            #expect(current.list == list)
            #expect(current.units == ["00/106141412345678908"])
            #expect(current.batch?.list == "ASN 1")
        }
    }

    @Test func aBatchSaysWhatLiesTogetherAndInWhichUnits() async throws {
        try await withConsole { scene in
            try await scene.scan(Self.pallet)
            try await Self.tell("UNIT:IN", scene)
            for code in [Self.box, "]d2010952123454321317200131" + "10L7", "TEA", "TEA"] {
                try await scene.scan(code)
            }
            let current = try await scene.get("/v1/batches/current", CurrentBatch.self)
            let batch = try #require(current.batch)
            #expect(batch.groups?.map(\.pieces) == [1, 2, 1, 1])
            let goods = try #require(batch.groups?.first { $0.lot == "L7" })
            #expect(goods.expiry == "2020-01-31")
            #expect(goods.isExpired == true)
            #expect(goods.unit == "00/106141412345678908")
            #expect(batch.flatUnits.map(\.depth) == [0, 1])
            #expect(batch.units?.first?.pieces == 3)
            #expect(batch.content?.last?.unit == "00/106141412345678908")
        }
    }

    @Test func aReportIsAPageThatNeedsNothingElse() async throws {
        try await withConsole { scene in
            _ = try await Self.give(scene)
            try await Self.tell("LIST:ASN 1", scene)
            for code in [Self.box, "]C1010952123454321310L7", "<script>&"] {
                try await scene.scan(code)
            }
            let batch = try #require(
                try await scene.get("/v1/batches", BatchList.self).batches.first)
            let page = try await scene.send("GET", "/v1/batches/\(batch.code)/paper")
            let text = String(decoding: page.body, as: UTF8.self)
            #expect(page.status == 200)
            #expect(text.contains("<h1>Received at DOCK</h1>"))
            #expect(text.contains("106141412345678908"))
            #expect(text.contains("2 missing, 1 extra"))
            #expect(text.contains("&lt;script&gt;&amp;"))
            #expect(!text.contains("<script"))
        }
    }

    @Test(arguments: [
        ("GET", "/v1/lists/none", nil, "unknown-list"),
        ("POST", "/v1/lists", #"{"code":"X","kind":"dance","lines":[]}"#, "parameter"),
        ("POST", "/v1/lists", #"{"code":"X","lines":[]}"#, "bad-list"),
        ("POST", "/v1/lists", #"{"code":"X","lines":[{"item":"A","quantity":0}]}"#, "bad-list"),
        ("POST", "/v1/lists", #"{"code":"X"}"#, "malformed"),
        ("GET", "/v1/batches/none/paper", nil, "unknown-batch"),
        ("POST", "/v1/commands", #"{"command":"LIST:X"}"#, "unknown-list"),
    ])
    func refuses(method: String, path: String, body: String?, code: String) async throws {
        try await withConsole { scene in
            let answer = try await scene.send(method, path, body)
            #expect(answer.code == code)
        }
    }
}
