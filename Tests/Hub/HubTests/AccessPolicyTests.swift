import Accounts
import Foundation
import HubStorage
import Hummingbird
import Logging
import ScanTesting
import Testing

@testable import Hub

/// Who may what: every route, for every role.
@Suite struct AccessPolicyTests {
    private static func documented() throws -> [String] {
        JSONSchema(try JSONSerialization.jsonObject(with: Data(PackageResources.openapi_json)))[
            "paths"
        ].members.flatMap { path, item in item.members.map { "\($0.key.uppercased()) \(path)" } }
    }

    /// A route that somebody adds and forgets in the table is nobody's; this test says which.
    @Test func everyDocumentedCallHasAPolicyAndEveryPolicyACall() throws {
        #expect(try Set(Self.documented()) == Set(AccessPolicy.calls.keys))
    }

    @Test func everyRouteOfTheServerIsInTheTable() throws {
        let directory = temporaryDirectory()
        defer { try? FileManager.default.removeItem(atPath: directory) }  // A temporary folder.
        let store = try HubStore(directory: directory)
        let server = HubServer(
            store: store, log: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
        let routes = server.router().routes.map {
            "\($0.method.rawValue) \(AccessGate.plain("\($0.path)"))"
        }
        #expect(Set(routes) == Set(AccessPolicy.calls.keys).union(AccessPolicy.pages.keys))
        try store.close()
    }

    @Test func whatChangesSomethingIsNoReading() {
        for (call, policy) in AccessPolicy.calls.merging(
            AccessPolicy.pages, uniquingKeysWith: { $1 })
        where policy == .reading {
            #expect(call.hasPrefix("GET "), "\(call)")
        }
    }

    /// The table, written another way: what each role may change.
    @Test func rolesAreWhatTheDocumentationSays() {
        let (decide, count, administer) = (
            AccessPolicy.deciding, AccessPolicy.counting, AccessPolicy.administration
        )
        let may: [UserRole: [Bool]] = [
            .admin: [true, true, true], .supervisor: [true, true, false],
            .operator: [false, true, false], .viewer: [false, false, false],
            .integrator: [true, false, false],
        ]
        for role in UserRole.allCases {
            #expect(AccessPolicy.reading.allows(role))
            #expect([decide, count, administer].map { $0.allows(role) } == may[role], "\(role)")
            #expect(!AccessPolicy.station.allows(role))
        }
    }

    /// Asks the real server for every call, with a token of every role and without one.
    @Test func everyCallKeepsToItForTokensOfEveryRole() async throws {
        let calls = try Self.documented().sorted()
        try await withHub { hub in
            var headers: [(role: UserRole?, fields: [(String, String)])] = [(nil, [])]
            for role in UserRole.allCases {
                let token = try await hub.store.registry.makeToken(
                    tenant: "main", name: role.rawValue, role: role, now: hub.clock.now)
                headers.append((role, [("Authorization", "Bearer \(token)")]))
            }
            for call in calls where call != "GET /v1/operations/stream" {
                let parts = call.split(separator: " ").map(String.init)
                let path = parts[1].replacing(/{[a-z]+}/, with: "x")
                for (role, fields) in headers {
                    let answer = try await hub.http.send(parts[0], path, headers: fields)
                    Self.expect(answer, call, role)
                }
            }
        }
    }

    private static func expect(_ answer: TestHTTP.Answer, _ call: String, _ role: UserRole?) {
        let say = "\(call) as \(role?.rawValue ?? "nobody"): \(answer.status)"
        switch (AccessPolicy.calls[call], role) {
        case (.open, _):
            #expect(answer.code != "role-needed" && answer.code != "token-missing", "\(say)")
        // However good a token is, it signs nothing.
        case (.station, _): #expect((400...499).contains(answer.status), "\(say)")
        case (.roles, nil): #expect(answer.code == "token-missing", "\(say)")
        case (.roles(let roles), let role?):
            #expect((answer.code == "role-needed") == !roles.contains(role), "\(say)")
        default: Issue.record("\(say): no policy")
        }
    }

    /// The same for the console, with a logged-in browser of every role.
    @Test func everyPageKeepsToItForUsersOfEveryRole() async throws {
        try await withHub { hub in
            for role in UserRole.allCases {
                var browser = try await hub.browser(role)
                let token = TestBrowser.token(try await browser.get("/account").text)
                for (call, policy) in AccessPolicy.pages where policy != .open {
                    guard call != "POST /logout" else { continue }
                    let parts = call.split(separator: " ").map(String.init)
                    let path = parts[1].replacing(/{[a-z]+}/, with: "x")
                    let answer =
                        parts[0] == "GET"
                        ? try await browser.get(path)
                        : try await browser.post(path, ["form": token], from: nil)
                    let isRefused = answer.text.contains("<code>role-needed</code>")
                    #expect(
                        isRefused == !policy.allows(role), "\(call) as \(role): \(answer.status)")
                }
            }
        }
    }

    @Test func withoutALoginEveryPageLeadsToTheLogin() async throws {
        try await withHub { hub in
            var browser = hub.browser
            for (call, policy) in AccessPolicy.pages where policy != .open {
                let parts = call.split(separator: " ").map(String.init)
                let path = parts[1].replacing(/{[a-z]+}/, with: "x")
                if parts[0] == "GET" {
                    let answer = try await browser.get(path)
                    #expect(
                        answer.status == 303 && answer.headers["location"] == "/login", "\(call)")
                } else {
                    let answer = try await browser.post(path, from: nil)
                    #expect(answer.status == 401, "\(call)")
                }
            }
        }
    }
}
