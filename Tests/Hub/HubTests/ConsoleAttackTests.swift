import Foundation
import HubStorage
import Replication
import ScanTesting
import Testing

@testable import Accounts
@testable import Hub

/// What somebody with bad intent tries at the console and the calls.
@Suite struct ConsoleAttackTests {
    /// Two tenants with the same names of everything: nothing of one is ever shown to the other.
    @Test func noTenantSeesAnythingOfAnother() async throws {
        let secrets = [
            "SECRET-ITEM", "SECRET-PLACE", "SECRET-LOT", "SECRET-BATCH", "SECRET-SERIAL",
        ]
        let calls = try Self.documentedReading()
        try await withHub { hub in
            var theirs = try await hub.station(tenant: "north")
            let key = StockKey(item: "SECRET-ITEM", place: "SECRET-PLACE", lot: "SECRET-LOT")
            theirs.make(.count(key, quantity: 4))
            theirs.make(.serial("SECRET-SERIAL", place: "SECRET-PLACE"))
            theirs.make(.batchAdd(BatchLine(batch: "SECRET-BATCH", code: "SECRET-ITEM", aim: "")))
            theirs.make(.adjust(StockKey(item: "", place: "SECRET-PLACE"), delta: 1))
            _ = try await theirs.push(1...4)
            var other = try await hub.station(tenant: "north")
            other.make(.adjust(key, delta: -9))
            _ = try await other.push(1...1)
            _ = try await hub.browser(.admin, "secret-admin", tenant: "north")
            _ = try await hub.store.registry.makeToken(
                tenant: "north", name: "SECRET-TOKEN", now: hub.clock.now)
            let hidden =
                secrets + [
                    "secret-admin", "SECRET-TOKEN", theirs.code.rawValue, other.code.rawValue,
                ]

            var browser = try await hub.browser(.admin, "ada")
            let token = try await hub.admin()
            let query = "?item=SECRET-ITEM&place=SECRET-PLACE&lot=SECRET-LOT&all=true"
            for page in AccessPolicy.pages.keys.sorted() where page.hasPrefix("GET ") {
                let path = page.dropFirst(4) + query
                let text = try await browser.get(String(path)).text
                    // What was asked for is said again where it was typed.
                    .replacing(/value="[^"]*"/, with: "").replacing(/href="[^"]*"/, with: "")
                for secret in hidden
                where !(page == "GET /stock/explain" && secrets.contains(secret)) {
                    #expect(!text.contains(secret), "\(page): \(secret)")
                }
            }
            for path in calls {
                for secret in ["SECRET-BATCH", "SECRET-SERIAL"] {
                    let text = try await hub.http.send(
                        "GET", path.replacing(/{[a-z]+}/, with: secret), headers: token
                    ).text
                    for other in hidden where other != secret {
                        #expect(!text.contains("\"\(other)\""), "\(path): \(other)")
                    }
                    #expect(!text.contains("\"lines\":[{"), "\(path)")
                }
            }
            // Of the balance that the other tenant has, this one is told that it is nothing.
            let page = try await browser.get("/stock/explain" + query).text
            #expect(page.contains("<p class=\"big\">0</p>"))
        }
    }

    /// Neither is anything of another tenant changed.
    @Test func noTenantChangesAnythingOfAnother() async throws {
        try await withHub { hub in
            let theirs = try await hub.station(tenant: "north")
            var victim = try await hub.browser(.admin, "bob", tenant: "north")
            let token = try await hub.store.registry.makeToken(
                tenant: "north", name: "", now: hub.clock.now)
            let id = try #require(
                try await hub.store.registry.tokens(of: "north", now: hub.clock.now).first?.id)
            var browser = try await hub.browser(.admin, "ada")
            let session = try #require(
                try await hub.store.registry.sessions(
                    of: UserName("bob", tenant: "north"), rules: .init(), now: hub.clock.now
                ).first?.id)
            for path in [
                "/stations/\(theirs.code)/revoke", "/users/bob/disable", "/users/bob/code",
                "/users/bob/sessions", "/tokens/\(id)/revoke", "/account/sessions/\(session)/end",
                "/users/bob@north/disable", "/users/bob%40north/disable",
            ] {
                let answer = try await browser.post(path, from: "/users")
                #expect((400...499).contains(answer.status), "\(path): \(answer.status)")
            }
            let code = try await browser.post(
                "/stations/codes", ["minutes": "10", "station": theirs.code.rawValue],
                from: "/stations")
            #expect((400...499).contains(code.status))
            #expect(try await victim.get("/users").status == 200)
            let stock = try await hub.http.send(
                "GET", "/v1/stock", headers: [("Authorization", "Bearer \(token)")])
            #expect(stock.status == 200)
            let records = try await hub.store.registry.stations(of: "north")
            #expect(records.map(\.revoked) == [nil])
        }
    }

    private static func documentedReading() throws -> [String] {
        JSONSchema(try JSONSerialization.jsonObject(with: Data(PackageResources.openapi_json)))[
            "paths"
        ].members.compactMap { path, item in
            item.members.contains { $0.key == "get" } && path != "/v1/operations/stream"
                && AccessPolicy.calls["GET \(path)"] == .reading ? path : nil
        }
    }

    static let foreign: [[(String, String)]] = [
        [("Origin", "https://evil.example")], [("Origin", "null")],
        [("Origin", "http://localhost.evil.example")], [("Origin", "http://localhost:1")],
        [("Sec-Fetch-Site", "cross-site")], [("Sec-Fetch-Site", "same-site")],
    ]

    @Test(arguments: foreign.indices)
    func aPageOfAnotherSiteChangesNothing(index: Int) async throws {
        try await withHub { hub in
            var browser = try await hub.browser(.admin, "ada")
            browser.more = Self.foreign[index]
            let answer = try await browser.post(
                "/users", ["name": "eve", "role": "admin"], from: "/users")
            #expect(answer.status == 403)
            #expect(answer.text.contains("foreign-origin"))
            #expect(try await hub.store.registry.users(of: "main").count == 1)
        }
    }

    /// Old browsers say nothing of whose page asks: the form's own secret is enough.
    @Test func aFormWithoutItsSecretChangesNothing() async throws {
        try await withHub { hub in
            var browser = try await hub.browser(.admin, "ada")
            var other = try await hub.browser(.admin, "bob")
            let foreign = TestBrowser.token(try await other.get("/users").text)
            for token in ["", "guess", foreign] {
                let answer = try await browser.post(
                    "/users", ["name": "eve", "role": "admin", "form": token], from: nil)
                #expect(answer.status == 403)
            }
            // The calls of programs take a browser's cookie for reading; for changing only with it.
            let cookie = ("Cookie", "scanhub_session=\(browser.cookies["scanhub_session"] ?? "")")
            let bare = try await hub.http.send("POST", "/v1/enrolment-codes", headers: [cookie])
            #expect(bare.status == 403)
            let shown = (
                "X-Form-Token", TestBrowser.token(try await browser.get("/users").text)
            )
            let good = try await hub.http.send(
                "POST", "/v1/enrolment-codes", headers: [cookie, shown])
            #expect(good.status == 201)
            #expect(try await hub.store.registry.users(of: "main").count == 2)
        }
    }

    /// Nobody is logged in as somebody else without knowing it.
    @Test func aLoginThatThisBrowserWasNotShownIsNone() async throws {
        try await withHub { hub in
            _ = try await hub.browser(.admin, "ada")
            var browser = hub.browser
            let answer = try await browser.post(
                "/login", ["name": "ada", "password": TestBrowser.password, "form": "x"], from: nil)
            #expect(answer.status == 403)
            #expect(browser.cookies["scanhub_session"] == nil)
        }
    }

    static let markup = [
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "'onmouseover='alert(1)",
        "&lt;b&gt;", "\u{202E}txt.exe", "]]><!--", "\u{1D}01\u{1D}",
    ]

    @Test(arguments: markup)
    func whatWasScannedIsShownAsText(code: String) async throws {
        try await withHub { hub in
            var one = try await hub.station()
            var two = try await hub.station()
            let key = StockKey(item: ItemCode(code), place: PlaceCode(code), lot: LotCode(code))
            one.make(.adjust(key, delta: 5))
            one.make(.adjust(StockKey(item: "", place: PlaceCode(code)), delta: 1))
            one.make(.attribute(ItemCode(code), field: code, value: code + "1"))
            _ = try await one.push(1...3)
            two.make(.count(key, quantity: 7))
            two.make(.attribute(ItemCode(code), field: code, value: code + "2"))
            _ = try await two.push(1...2)
            var browser = try await hub.browser(.admin, "ada")
            let part = Address.part(code)
            for path in [
                "/", "/stock", "/stock?item=\(part)&place=\(part)", "/work", "/quarantine",
                "/stock/explain?item=\(part)&place=\(part)&lot=\(part)", "/stations",
            ] {
                let answer = try await browser.get(path)
                #expect(answer.status == 200, "\(path)")
                for live in [
                    "<script>alert", "<img src=x", "'onmouseover", "\u{202E}", "]]><!--", "\u{1D}",
                ] {
                    #expect(!answer.text.contains(live), "\(path)")
                }
                let policy = try #require(answer.headers["content-security-policy"])
                #expect(policy.hasPrefix("default-src 'none'; style-src 'self'"))
                #expect(!policy.contains("unsafe") && !policy.contains("script"))
            }
        }
    }

    static let cells: [(code: String, cell: String)] = [
        ("=1+1", "\"'=1+1\""), ("@SUM(A1)", "\"'@SUM(A1)\""), ("+1", "+1"), ("-5", "-5"),
        ("-5+cmd|' /C calc'!A0", "\"'-5+cmd|' /C calc'!A0\""), ("a,b", "\"a,b\""),
        ("a\"b", "\"a\"\"b\""), ("\tx", "\"'\tx\""), ("plain", "plain"),
    ]

    @Test(arguments: cells)
    func aSpreadsheetRunsNothingThatWasScanned(code: String, cell: String) async throws {
        try await withHub { hub in
            var station = try await hub.station()
            station.make(.adjust(StockKey(item: ItemCode(code), place: "P"), delta: -3))
            _ = try await station.push(1...1)
            var browser = try await hub.browser(.viewer, "ada")
            let text = try await browser.get("/stock.csv?place=P").text
            #expect(text.contains("\r\nitem,place,lot,quantity\r\n"))
            #expect(text.contains("\r\n\(cell),P,,-3\r\n"))
        }
    }

    @Test func aRevokedTokenAndAnEndedSessionHearNoMoreOfTheStream() async throws {
        try await withHub { hub in
            var station = try await hub.station()
            station.makeMany(2)
            let sender = station
            let registry = hub.store.registry
            let token = try await registry.makeToken(
                tenant: "main", name: "watch", role: .viewer, now: hub.clock.now)
            let (began, begins) = AsyncStream<Void>.makeStream()
            async let streamed = hub.http.read(
                "/v1/operations/stream?after=0", headers: [("Authorization", "Bearer \(token)")]
            ) { text in
                if text.contains("id: 1\n") { begins.yield() }
                return false
            }
            _ = try await sender.push(1...1)
            for await _ in began { break }
            let id = try #require(
                try await registry.tokens(of: "main", now: hub.clock.now).first?.id)
            try await registry.revokeToken(id, tenant: "main", by: .hub, now: hub.clock.now)
            _ = try await sender.push(2...2)
            // The hub ends it: nobody else does.
            #expect(try await !streamed.contains("id: 2\n"))
        }
    }
}
