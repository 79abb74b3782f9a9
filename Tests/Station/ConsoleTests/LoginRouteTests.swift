import Crypto
import CurlHTTP
import Foundation
import LocalAPI
import OperatorGrants
import Operators
import Pipeline
import Replication
import ScanTesting
import Scans
import StationStorage
import Testing

@testable import Console

/// Logging in over HTTP, and what it opens.
@Suite struct LoginRouteTests {
    private static let pin = "271828"
    private static let scan = #"{"code":"4006381333931","operator":"eve"}"#

    /// Grants of each role, as a hub would have sent them.
    @Sendable static func hire(_ store: StationStore) throws {
        let key = Curve25519.Signing.PrivateKey()
        try store.write { transaction in
            try transaction.enrol(
                station: "st-1", tenant: "main", hubURL: "http://127.0.0.1:1", generation: "g")
        }
        try store.write { try $0.noteHubKey(Array(key.publicKey.rawRepresentation)) }
        let grants = try OperatorRole.allCases.map { role in
            OperatorGrant(
                name: role.rawValue, role: role, expires: .max,
                pin: try PINHash(try PIN(pin), rounds: 1 << 10),
                badges: [Badge("code:BADGE-\(role.rawValue)")].compactMap {
                    $0?.mark(tenant: "main")
                })
        }
        let signed = try Roster(tenant: "main", version: 1, issued: 1, grants: grants)
            .signed(by: key)
        try store.write { try $0.keep(signed) }
    }

    private static func staffed(
        isRequired: Bool = true, _ body: @escaping @Sendable (ConsoleScene) async throws -> Void
    ) async throws {
        try await withConsole(
            login: .init(isRequired: isRequired), prepare: { try hire($0) }, body)
    }

    @Test func aLoginOpensWhatTheRoleMayAndALogoutClosesIt() async throws {
        try await Self.staffed { console in
            #expect(try await console.send(.loopback, "POST", "/v1/scans", Self.scan).status == 401)
            for role in OperatorRole.allCases {
                let cookie = try await console.login(role, at: .loopback)
                let scan = try await console.send(
                    .loopback, "POST", "/v1/scans", Self.scan, cookie: cookie)
                #expect(scan.status == (role == .viewer ? 403 : 200), "\(role)")
                #expect(scan.code == (role == .viewer ? "role-needed" : nil))
                let hold = try await console.send(
                    .loopback, "POST", "/v1/outbox/hold", #"{"reason":"x"}"#, cookie: cookie)
                #expect(hold.status == (role == .supervisor ? 200 : 403), "\(role)")
                _ = try await console.send(
                    .loopback, "POST", "/v1/logout", "{}", cookie: cookie)
                let after = try await console.send(
                    .loopback, "POST", "/v1/scans", Self.scan, cookie: cookie)
                #expect(after.status == 401 && after.code == "login-needed")
            }
            let names = try await console.store.read { reader in
                try reader.intake(after: 0, limit: 10).map(\.operator)
            }
            #expect(names == ["operator", "supervisor"], "and not eve")
        }
    }

    @Test func withoutARequirementAllIsAsBefore() async throws {
        try await Self.staffed(isRequired: false) { console in
            let scan = try await console.send(.loopback, "POST", "/v1/scans", Self.scan)
            #expect(scan.status == 200)
            let session = try await console.send(.loopback, "GET", "/v1/session")
                .json(SessionReport.self)
            #expect(!session.required && session.session == nil)
            #expect(session.operators?.map(\.name) == ["operator", "supervisor", "viewer"])
        }
    }

    @Test func theCookieIsForThisSiteAndNoScript() async throws {
        try await Self.staffed { console in
            let answer = try await console.tryLogin("operator", Self.pin, at: .loopback)
            let cookie = try #require(answer.header("Set-Cookie"))
            #expect(cookie.contains("; HttpOnly") && cookie.contains("; SameSite=Strict"))
            #expect(cookie.contains("; Path=/"))
            // No date: it ends with the browser.
            #expect(!cookie.contains("Max-Age") && !cookie.contains("Expires"))
            #expect(!String(decoding: answer.body, as: UTF8.self).contains(cookie.prefix(40)))
        }
    }

    @Test func aWrongPINIsToldWithTheTriesThatAreLeft() async throws {
        try await Self.staffed { console in
            let wrong = try await console.tryLogin("operator", "999999", at: .loopback)
            #expect(wrong.status == 401)
            let problem = try Answer(wrong).json(ProblemReport.self)
            #expect(problem.code == "wrong-pin")
            #expect(problem.message == "Wrong PIN. 4 tries left.")
            for _ in 1...4 {
                _ = try await console.tryLogin("operator", "999999", at: .loopback)
            }
            let wait = try await console.tryLogin("operator", Self.pin, at: .loopback)
            #expect(wait.status == 429 && wait.header("Retry-After") == "30")
        }
    }

    static let malformed: [(body: String, code: String)] = [
        ("{}", "malformed"), (#"{"operator":"ada"}"#, "malformed"),
        (#"{"operator":"operator","pin":"271828","badge":true}"#, "malformed"),
        (#"{"badge":false}"#, "malformed"), (#"{"operator":"operator","pin":"1"}"#, "pin-form"),
        (#"{"badge":true}"#, "no-tap"),
    ]

    @Test func whatIsNoLoginIsRefused() async throws {
        try await Self.staffed { console in
            for (body, code) in Self.malformed {
                let answer = try await console.send(.loopback, "POST", "/v1/login", body)
                #expect(answer.code == code, "\(body)")
            }
        }
    }

    @Test func aBadgeLogsInAndAScreenOfThisMachineGoesOnWithIt() async throws {
        try await Self.staffed { console in
            let events = try await console.http.stream(
                console.request(.loopback, "GET", "/v1/events"))
            #expect(console.show("BADGE-operator") == .done)
            let before = try await console.send(.loopback, "GET", "/v1/session")
                .json(SessionReport.self)
            #expect(before.mayJoin && before.session == nil)
            #expect(before.atStation?.operator == "operator")
            // Somebody elsewhere has seen no badge.
            let far = try await console.send(.network, "POST", "/v1/login", #"{"badge":true}"#)
            #expect(far.code == "no-tap")

            let joined = try await console.http.send(
                console.request(.loopback, "POST", "/v1/login", #"{"badge":true}"#))
            let cookie = try #require(joined.cookie)
            let scan = try await console.send(
                .loopback, "POST", "/v1/scans", #"{"code":"4006381333931"}"#, cookie: cookie)
            #expect(scan.status == 200)
            #expect(console.show("BADGE-supervisor") == .unknown)
            let after = try await console.send(.loopback, "GET", "/v1/session", cookie: cookie)
                .json(SessionReport.self)
            #expect(after.pinWanted == "supervisor" && after.session?.by == "number")

            var reader = ServerSentEventReader()
            for try await chunk in events {
                let names = reader.push(chunk).map(\.name)
                if names.contains("session") { break }
            }
        }
    }
}
