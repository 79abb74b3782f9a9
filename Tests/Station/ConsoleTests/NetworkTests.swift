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
