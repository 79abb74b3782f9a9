import Foundation
import HubStorage
import Testing

@testable import Accounts
@testable import Hub

@Suite struct SecondFactorTests {
    /// Turns it on as people do, and answers the telephone and the recovery codes.
    private static func turnOn(
        _ browser: inout TestBrowser, _ hub: TestHub
    ) async throws -> (telephone: OneTimePassword, codes: [String]) {
        let page = try await browser.get("/account/second-factor").text
        let text = try #require(page.firstMatch(of: /<p class="code">([A-Z2-7 ]+)<\/p>/)?.1)
        let telephone = OneTimePassword(key: try Self.decoded(String(text)))
        let answer = try await browser.post(
            "/account/second-factor", ["code": Self.digits(telephone, hub)],
            from: "/account/second-factor")
        let codes = answer.text.matches(of: /<li class="code">([0-9A-Z-]+)</).map { String($0.1) }
        return (telephone, codes)
    }

    private static func digits(_ telephone: OneTimePassword, _ hub: TestHub) -> String {
        telephone.text(at: hub.clock.now / 30_000_000)
    }

    private static func decoded(_ text: String) throws -> Data {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
        var (bytes, bits, count) = (Data(), 0, 0)
        for letter in text where letter != " " {
            (bits, count) = (bits << 5 | (try #require(alphabet.firstIndex(of: letter))), count + 5)
            if count >= 8 {
                bytes.append(UInt8(bits >> (count - 8) & 255))
                count -= 8
            }
        }
        return bytes
    }

    @Test func thePasswordAloneOpensNothing() async throws {
        try await withHub { hub in
            var browser = try await hub.browser(.admin, "ada")
            let (telephone, codes) = try await Self.turnOn(&browser, hub)
            #expect(codes.count == 10 && Set(codes).count == 10)
            hub.clock.advance(seconds: 30)
            var other = hub.browser
            let step = try await other.login("ada")
            #expect(step.headers["location"] == "/login/code")
            let half = try #require(other.cookies["scanhub_session"])
            for path in ["/", "/stock", "/users", "/account", "/v1/stock"] {
                #expect(try await other.get(path).status != 200, "\(path)")
            }
            let wrong = try await other.post("/login/code", ["code": "000000"], from: "/login/code")
            #expect(wrong.status == 401)
            let digits = Self.digits(telephone, hub)
            let done = try await other.post("/login/code", ["code": digits], from: "/login/code")
            #expect(done.headers["location"] == "/")
            #expect(other.cookies["scanhub_session"] != half)
            #expect(try await other.get("/stock").status == 200)
            // The digits were used; whoever saw them comes too late.
            var thief = hub.browser
            try await thief.login("ada")
            #expect(
                try await thief.post("/login/code", ["code": digits], from: "/login/code").status
                    == 401)
        }
    }

    @Test func aRecoveryCodeIsGoodOnceAndOffNeedsThePassword() async throws {
        try await withHub { hub in
            var browser = try await hub.browser(.viewer, "ada")
            let (_, codes) = try await Self.turnOn(&browser, hub)
            func enter(_ code: String) async throws -> Int {
                var other = hub.browser
                try await other.login("ada")
                return try await other.post("/login/code", ["code": code], from: "/login/code")
                    .status
            }
            #expect(try await enter(codes[0].lowercased()) == 303)
            #expect(try await enter(codes[0]) == 401)
            #expect(try await enter(codes[1]) == 303)
            let wrong = try await browser.post(
                "/account/second-factor/off", ["password": "wrong"], from: "/account")
            #expect(wrong.status == 401)
            try await browser.post(
                "/account/second-factor/off", ["password": TestBrowser.password], from: "/account")
            var other = hub.browser
            #expect(try await other.login("ada").headers["location"] == "/")
        }
    }

    @Test func theFirstStepEndsAfterFiveMinutesAndTriesAreCounted() async throws {
        try await withHub { hub in
            var browser = try await hub.browser(.viewer, "ada")
            let (telephone, _) = try await Self.turnOn(&browser, hub)
            var other = hub.browser
            try await other.login("ada")
            hub.clock.advance(seconds: 300)
            let late = try await other.post(
                "/login/code", ["code": Self.digits(telephone, hub)], from: "/login/code")
            #expect(late.headers["location"] == "/login")
            try await other.login("ada")
            var statuses: [Int] = []
            for _ in 1...5 {
                statuses.append(
                    try await other.post("/login/code", ["code": "000000"], from: "/login/code")
                        .status)
            }
            #expect(statuses.last == 429)
        }
    }
}
