import Foundation
import HubStorage
import Testing

@testable import Accounts
@testable import Hub

@Suite struct LoginTests {
    @Test func theSetUpCodeMakesTheFirstAdminOnce() async throws {
        try await withHub { hub in
            let code = try #require(try await hub.store.registry.makeSetupCode(now: hub.clock.now))
            var browser = hub.browser
            let fields = ["code": code, "name": "ada", "password": TestBrowser.password]
            let wrong = try await browser.post(
                "/password", fields.merging(["code": "AAAAA-AAAAA"]) { $1 }, from: "/password")
            #expect(wrong.status == 401)
            let done = try await browser.post("/password", fields, from: "/password")
            #expect(done.status == 303)
            let again = try await browser.post(
                "/password", fields.merging(["name": "eve"]) { $1 }, from: "/password")
            #expect(again.status == 401)
            #expect(try await hub.store.registry.makeSetupCode(now: hub.clock.now) == nil)
            try await browser.login("ada")
            #expect(try await browser.get("/users").text.contains("<strong>ada</strong>"))
        }
    }

    @Test func aCodeIsGoodForItsUserAndItsTime() async throws {
        try await withHub { hub in
            let (registry, name) = (hub.store.registry, try UserName("ada", tenant: "main"))
            _ = try await registry.addUser(name, role: .viewer, by: .hub, now: hub.clock.now)
            let first = try await registry.makeResetCode(for: name, by: .hub, now: hub.clock.now)
            let code = try await registry.makeResetCode(for: name, by: .hub, now: hub.clock.now)
            var browser = hub.browser
            func use(_ code: String, _ name: String) async throws -> Int {
                try await browser.post(
                    "/password", ["code": code, "name": name, "password": TestBrowser.password],
                    from: "/password"
                ).status
            }
            #expect(try await use(first, "ada") == 401)
            #expect(try await use(code, "bob") == 401)
            hub.clock.advance(seconds: Int64(Registry.resetCodeMinutes) * 60)
            #expect(try await use(code, "ada") == 401)
            let next = try await registry.makeResetCode(for: name, by: .hub, now: hub.clock.now)
            hub.clock.advance(seconds: Int64(Registry.resetCodeMinutes) * 60 - 1)
            #expect(try await use(next, "ada") == 303)
            #expect(try await use(next, "ada") == 401)
        }
    }

    @Test func aLoginHasANewSecretAndOldOnesAreNotTakenOver() async throws {
        try await withHub { hub in
            _ = try await hub.browser(.viewer, "ada")
            var victim = hub.browser
            // Whoever could set the victim's cookie knows nothing of the session that follows.
            victim.cookies["scanhub_session"] = "known-to-the-attacker"
            try await victim.login("ada")
            let secret = try #require(victim.cookies["scanhub_session"])
            #expect(secret != "known-to-the-attacker" && secret.utf8.count == 43)
            try await victim.login("ada")
            #expect(victim.cookies["scanhub_session"] != secret)
        }
    }

    @Test func theCookieIsForThisSiteAndNoScript() async throws {
        try await withHub { hub in
            _ = try await hub.browser(.viewer, "ada")
            var browser = hub.browser
            let plain = try #require(try await browser.login("ada").headers["set-cookie"])
            #expect(plain.hasSuffix("; Path=/; HttpOnly; SameSite=Strict"))
            browser.more = [("X-Forwarded-Proto", "https")]
            let secure = try #require(try await browser.login("ada").headers["set-cookie"])
            #expect(secure.hasPrefix("__Host-scanhub_session="))
            #expect(secure.contains("; Secure; HttpOnly; SameSite=Strict"))
        }
    }

    /// A name that nobody has, a wrong password, a disabled user, one without a password: one answer.
    @Test func whoIsThereIsNotTold() async throws {
        try await withHub { hub in
            let registry = hub.store.registry
            _ = try await hub.browser(.admin, "ada")
            _ = try await hub.browser(.viewer, "bob")
            let (bob, eve) = (
                try UserName("bob", tenant: "main"), try UserName("eve", tenant: "main")
            )
            try await registry.disableUser(bob, by: .hub, now: hub.clock.now)
            _ = try await registry.addUser(eve, role: .viewer, by: .hub, now: hub.clock.now)
            var answers: Set<String> = []
            for (name, password) in [
                ("ada", "wrong"), ("bob", TestBrowser.password), ("eve", ""), ("nobody", "wrong"),
                ("no<body", "wrong"), ("ada@elsewhere", TestBrowser.password), ("", "wrong"),
            ] {
                var browser = hub.browser
                browser.more = [("X-Forwarded-For", "192.0.2.\(answers.count + 1)")]
                let answer = try await browser.login(name, password)
                #expect(answer.status == 401)
                answers.insert(
                    answer.text.replacing(TestBrowser.token(answer.text), with: ""))
            }
            #expect(answers.count == 1)
        }
    }

    /// A hash is tried whoever it is, so that the time tells nothing.
    @Test func anUnknownNameTakesAsLong() async throws {
        let rounds: UInt32 = 1 << 14
        try await withHub(passwordRounds: rounds) { hub in
            _ = try await hub.browser(.admin, "ada")
            func took(_ name: String) async -> Duration {
                await ContinuousClock().measure {
                    _ = try? await hub.store.registry.login(
                        typedName: name, password: Password(typed: "wrong"),
                        from: LoginClient(address: name, agent: ""), rules: .init(),
                        now: hub.clock.now)
                }
            }
            let samples = try (0..<3).map { _ in
                try ContinuousClock().measure {
                    _ = try PasswordHash(Password(typed: "x"), rounds: rounds)
                }
            }
            let hash = try #require(samples.min())
            for name in ["ada", "nobody", "no<body", "ada@elsewhere"] {
                #expect(await took(name) > hash / 3, "\(name)")
            }
        }
    }

    @Test func fiveTriesAreFreeAndThenTheWaitGrows() async throws {
        try await withHub { hub in
            _ = try await hub.browser(.viewer, "ada")
            var browser = hub.browser
            func wait() async throws -> Int? {
                let answer = try await browser.login("ada")
                return answer.headers["retry-after"].flatMap { Int($0) }
            }
            // Two spellings are one name.
            for number in 1...5 {
                #expect(
                    try await browser.login(number % 2 == 0 ? "ADA" : "ada@main", "wrong").status
                        == 401)
            }
            #expect(try await wait() == 31)
            hub.clock.advance(seconds: 30)
            #expect(try await browser.login("ada", "wrong").status == 401)
            #expect(try await wait() == 61)
            // Somebody elsewhere is not locked out by it.
            browser.more = [("X-Forwarded-For", "192.0.2.7")]
            #expect(try await browser.login("ada").status == 303)
        }
    }

    @Test func oneAddressCantTryNameAfterName() async throws {
        try await withHub { hub in
            _ = try await hub.browser(.viewer, "ada")
            var browser = hub.browser
            for number in 1...20 {
                #expect(try await browser.login("n\(number)", "x").status == 401)
            }
            let last = try await browser.login("n21", "x")
            #expect(last.status == 429)
        }
    }

    /// Many people work behind one address.
    @Test func goodLoginsCostAnAddressNothing() async throws {
        try await withHub { hub in
            _ = try await hub.browser(.viewer, "ada")
            var browser = hub.browser
            for _ in 1...25 { #expect(try await browser.login("ada").status == 303) }
        }
    }

    @Test func sessionsEndWhenIdleAndAfterADay() async throws {
        let rules = UserSession.Rules(idleSeconds: 1800, absoluteSeconds: 3 * 1800)
        try await withHub(sessions: rules) { hub in
            var browser = try await hub.browser(.viewer, "ada")
            func isIn() async throws -> Bool { try await browser.get("/stock").status == 200 }
            hub.clock.advance(seconds: 1799)
            #expect(try await isIn())
            hub.clock.advance(seconds: 1799)
            #expect(try await isIn())
            hub.clock.advance(seconds: 1799)
            #expect(try await isIn())
            // Used all the time, and over all the same.
            hub.clock.advance(seconds: 3)
            #expect(try await !isIn())
            try await browser.login("ada")
            hub.clock.advance(seconds: 1800)
            #expect(try await !isIn())
        }
    }

    @Test func sessionsAreListedAndEndedOneAndAll() async throws {
        try await withHub { hub in
            var one = try await hub.browser(.viewer, "ada")
            var (two, three) = (hub.browser, hub.browser)
            try await two.login("ada")
            try await three.login("ada")
            let page = try await one.get("/account").text
            #expect(page.components(separatedBy: "End it").count == 3)
            let id = try #require(page.firstMatch(of: /\/account\/sessions\/([0-9a-z]+)\/end/)?.1)
            try await one.post("/account/sessions/\(id)/end", from: "/account")
            let left = [
                try await two.get("/stock").status, try await three.get("/stock").status,
            ]
            #expect(left.sorted() == [200, 303])
            try await one.post("/account/sessions/end", from: "/account")
            #expect(try await two.get("/stock").status == 303)
            #expect(try await three.get("/stock").status == 303)
            #expect(try await one.get("/stock").status == 200)
            try await one.post("/logout", from: "/account")
            one.cookies["scanhub_session"] = two.cookies["scanhub_session"]
            #expect(try await one.get("/stock").status == 303)
        }
    }

    @Test func whoIsDisabledOrLosesARoleLosesItWithTheNextRequest() async throws {
        try await withHub { hub in
            let (registry, ada) = (hub.store.registry, try UserName("ada", tenant: "main"))
            _ = try await hub.browser(.admin)
            var browser = try await hub.browser(.admin, "ada")
            #expect(try await browser.get("/users").status == 200)
            try await registry.setRole(.viewer, of: ada, by: .hub, now: hub.clock.now)
            #expect(try await browser.get("/users").status == 403)
            try await registry.disableUser(ada, by: .hub, now: hub.clock.now)
            #expect(try await browser.get("/stock").status == 303)
        }
    }

    @Test func theLastAdminStays() async throws {
        try await withHub { hub in
            var browser = try await hub.browser(.admin, "ada")
            #expect(try await browser.post("/users/ada/disable", from: "/users").status == 409)
            let role = try await browser.post(
                "/users/ada/role", ["role": "viewer"], from: "/users")
            #expect(role.status == 409)
            _ = try await hub.browser(.admin, "bob")
            #expect(try await browser.post("/users/ada/disable", from: "/users").status == 303)
        }
    }
}
