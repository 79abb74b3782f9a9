import Foundation
import HubStorage
import Replication
import Testing

@testable import Accounts
@testable import Hub

@Suite struct ActivityTests {
    @Test func everyChangeByAPersonIsInIt() async throws {
        try await withHub { hub in
            var one = try await hub.station()
            var two = try await hub.station()
            let key = StockKey(item: "A", place: "P")
            one.make(.count(key, quantity: 5))
            two.make(.adjust(key, delta: 1))
            _ = try await one.push(1...1)
            _ = try await two.push(1...1)
            var admin = try await hub.browser(.admin, "ada")
            let work = try await admin.get("/work").text
            let id = try #require(work.firstMatch(of: /\/work\/([^\/]+)\/count/)?.1)
            for (path, fields, page) in [
                ("/users", ["name": "bob", "role": "viewer"], "/users"),
                ("/users/bob/role", ["role": "operator"], "/users"),
                ("/users/bob/code", [:], "/users"), ("/users/bob/sessions", [:], "/users"),
                ("/users/bob/disable", [:], "/users"), ("/users/bob/enable", [:], "/users"),
                ("/tokens", ["name": "erp", "role": "integrator"], "/users"),
                ("/stations/codes", ["minutes": "10"], "/stations"),
                ("/stations/\(two.code)/revoke", [:], "/stations"),
                ("/work/\(id)/count", ["quantity": "9"], "/work"),
                (
                    "/account/password",
                    ["old": TestBrowser.password, "new": "noch vier andere Wörter"], "/account"
                ),
            ] {
                let answer = try await admin.post(path, fields, from: page)
                #expect([200, 303].contains(answer.status), "\(path): \(answer.status)")
            }
            let kinds = try await hub.store.registry.activities(of: "main", limit: 100)
                .filter { $0.who == "ada" }.map(\.kind).reversed()
            #expect(
                Array(kinds) == [
                    .login, .userAdded, .roleChanged, .codeMade, .sessionsRevoked, .userDisabled,
                    .userEnabled, .tokenMade, .enrolmentCodeMade, .stationRevoked, .decided,
                    .passwordChanged,
                ])
            let page = try await admin.get("/activity").text
            #expect(page.contains("conflict-settled") && page.contains("127.0.0.1"))
            // It was said in their name, to the stations as well.
            #expect(try await admin.get("/stock/explain?item=A&place=P").text.contains("ada, hub"))
        }
    }

    @Test func failedLoginsAreInItWithoutWhatWasTyped() async throws {
        try await withHub { hub in
            _ = try await hub.browser(.viewer, "ada")
            var browser = hub.browser
            try await browser.login("ada", "wrong")
            try await browser.login("my secret passphrase", "wrong")
            let entries = try await hub.store.registry.activities(of: "main", limit: 9)
            #expect(entries.first.map { [$0.who, $0.kind.rawValue] } == ["ada", "login-failed"])
            let others = try await hub.store.registry.activities(of: "", limit: 9)
            #expect(others.map { [$0.who, $0.detail] } == [["", ""]])
        }
    }
}
