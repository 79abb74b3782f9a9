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

/// What other machines may.
@Suite struct NetworkTests {
    @Test func withoutATokenThereIsNothing() async throws {
        try await withConsole(prepare: { try LoginRouteTests.hire($0) }) { console in
            for (call, policy) in AccessPolicy.table where policy != .open {
                let parts = call.split(separator: " ").map(String.init)
                let answer = try await console.send(
                    .network, parts[0], parts[1], parts[0] == "POST" ? "{}" : nil)
                #expect(answer.status == (policy == .administration ? 403 : 401), "\(call)")
                let code = policy == .administration ? "socket-only" : "login-needed"
                #expect(answer.code == code, "\(call)")
            }
            let session = try await console.send(.network, "GET", "/v1/session")
                .json(SessionReport.self)
            #expect(session.required && session.operators == nil && session.atStation == nil)
        }
    }

    @Test func aTokenOpensWhatItsRoleMayUntilItIsRevoked() async throws {
        try await withConsole { console in
            let made = try await console.send(
                .socket, "POST", "/v1/tokens", #"{"name":"erp","role":"operator","days":7}"#
            ).json(TokenReport.self)
            let token = try #require(made.token)
            #expect(token.hasPrefix("sst_") && token.utf8.count == 47)
            let status = try await console.send(.network, "GET", "/v1/status", token: token)
            #expect(status.status == 200)
            let scan = try await console.send(
                .network, "POST", "/v1/scans", #"{"code":"4006381333931"}"#, token: token)
            #expect(scan.status == 200)
            let enrol = try await console.send(
                .network, "POST", "/v1/key/rotate", "{}", token: token)
            #expect(enrol.status == 403 && enrol.code == "role-needed")
            let tokens = try await console.send(.network, "GET", "/v1/tokens", token: token)
            #expect(tokens.status == 403 && tokens.code == "socket-only")
            let record = try await console.store.read { try $0.intake(after: 0, limit: 1) }
            #expect(record.map(\.operator) == ["erp"])

            let list = try await console.send(.socket, "POST", "/v1/tokens/erp/revoke", "{}")
            #expect(try list.json(TokenList.self).tokens == [])
            let after = try await console.send(.network, "GET", "/v1/status", token: token)
            #expect(after.status == 401 && after.code == "token-unknown")
        }
    }

    @Test func onlyTheHashOfATokenIsKeptAndItIsToldOnce() async throws {
        try await withConsole { console in
            let made = try await console.send(
                .socket, "POST", "/v1/tokens", #"{"name":"erp","role":"viewer","days":7}"#
            ).json(TokenReport.self)
            let token = try #require(made.token)
            let listed = try await console.send(.socket, "GET", "/v1/tokens")
            #expect(!String(decoding: listed.body, as: UTF8.self).contains(token))
            for suffix in ["", "-wal"] {
                let path = console.store.path + suffix
                let file = FileManager.default.contents(atPath: path) ?? Data()
                #expect(file.firstRange(of: Data(token.utf8)) == nil, "\(path)")
            }
            let again = try await console.send(
                .socket, "POST", "/v1/tokens", #"{"name":"erp","role":"viewer","days":7}"#)
            #expect(again.status == 409 && again.code == "token-exists")
        }
    }

    @Test func aTokenIsGoodUntilItsDay() async throws {
        try await withConsole { console in
            let now: Int64 = 1_800_000_000_000_000
            for (name, expires) in [("old", now), ("young", now + 1)] {
                let token = AccessToken(
                    name: name, role: .viewer, created: now - 10, expires: expires)
                let isAdded = try await console.store.write {
                    try $0.add(token, secret: "sst_\(name)")
                }
                #expect(isAdded)
            }
            for (name, status) in [("old", 401), ("young", 200)] {
                let answer = try await console.send(
                    .network, "GET", "/v1/status", token: "sst_\(name)")
                #expect(answer.status == status, "\(name)")
            }
        }
    }

    static let headers: [(header: (String, String), code: String)] = [
        (("Authorization", "Bearer sst_wrong"), "token-unknown"),
        (("Authorization", "Bearer"), "token-unknown"),
        (("Authorization", "Basic YWRhOjI3MTgyOA=="), "token-unknown"),
        (("Cookie", "scanstation_session=wrong"), "login-needed"),
        (("Cookie", "other=1; scanstation_session="), "login-needed"),
    ]

    @Test func whatIsNoCredentialIsRefused() async throws {
        try await withConsole { console in
            for (header, code) in Self.headers {
                var request = console.request(.network, "GET", "/v1/status")
                request.headers.append(header)
                let response = try await console.http.send(request)
                #expect(response.status == 401, "\(header)")
                #expect(Answer(response).code == code, "\(header)")
                #expect(response.header("WWW-Authenticate") == "Bearer")
            }
        }
    }

    @Test func aPINFromAfarIsNoLoginAtTheStation() async throws {
        try await withConsole(
            login: .init(isRequired: true), prepare: { try LoginRouteTests.hire($0) }
        ) { console in
            let cookie = try await console.login(.operator, at: .network)
            let status = try await console.send(.network, "GET", "/v1/status", cookie: cookie)
            #expect(status.status == 200)
            #expect(console.desk.atStation == nil)
            let scan = try await console.send(
                .loopback, "POST", "/v1/scans", #"{"code":"4006381333931"}"#)
            #expect(scan.status == 401)
            _ = try await console.send(.network, "POST", "/v1/logout", "{}", cookie: cookie)
            let after = try await console.send(.network, "GET", "/v1/status", cookie: cookie)
            #expect(after.status == 401)
        }
    }

    @Test func aPageOfAnotherSiteIsShutOutHereToo() async throws {
        try await withConsole { console in
            for (origin, status) in [
                ("http://127.0.0.1:\(console.networkPort)", 200), ("http://evil.example", 403),
                ("http://127.0.0.1:1", 403), ("null", 403),
            ] {
                var request = console.request(.network, "GET", "/v1/session")
                request.headers.append(("Origin", origin))
                let answer = try await console.http.send(request)
                #expect(answer.status == status, "\(origin)")
            }
        }
    }

    /// A stream is let go when what opened it is worth nothing any more.
    @Test func aStreamEndsWithTheTokenThatOpenedIt() async throws {
        try await withConsole { console in
            let made = try await console.send(
                .socket, "POST", "/v1/tokens", #"{"name":"erp","role":"viewer","days":7}"#
            ).json(TokenReport.self)
            var request = console.request(.network, "GET", "/v1/events")
            request.headers.append(("Authorization", "Bearer \(made.token ?? "")"))
            let stream = try await console.http.stream(request)
            #expect(stream.status == 200)
            let chunks = stream.makeAsyncIterator()
            #expect(try await chunks.next() != nil)
            _ = try await console.send(.socket, "POST", "/v1/tokens/erp/revoke", "{}")
            try await console.scan("4006381333931")
            #expect(try await chunks.next() == nil)
        }
    }
}
