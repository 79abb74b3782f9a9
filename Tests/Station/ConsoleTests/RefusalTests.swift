import CurlHTTP
import Foundation
import LocalAPI
import StationStorage
import Testing

@testable import Console

/// What is refused is refused with a status, a code that stays, and a sentence.
@Suite struct RefusalTests {
    struct Case: Sendable {
        var method = "POST"
        var path: String
        var body: String?
        var headers: [(String, String)] = []
        var status: Int
        var code: String
    }

    static let cases: [Case] = [
        Case(method: "GET", path: "/elsewhere", status: 404, code: "not-found"),
        Case(method: "GET", path: "/v1/nothing", status: 404, code: "not-found"),
        Case(method: "GET", path: "/v1/batches/none", status: 404, code: "unknown-batch"),
        Case(method: "GET", path: "/v1/lookup", status: 400, code: "parameter"),
        Case(method: "GET", path: "/v1/lookup?code=", status: 400, code: "parameter"),
        Case(method: "GET", path: "/v1/lookup?code=%1B", status: 400, code: "control-character"),
        Case(method: "GET", path: "/v1/events?since=-1", status: 400, code: "parameter"),
        Case(method: "GET", path: "/v1/events?since=x", status: 400, code: "parameter"),
        Case(method: "GET", path: "/v1/events?follow=maybe", status: 400, code: "parameter"),
        Case(path: "/v1/scans", body: "{}", status: 400, code: "malformed"),
        Case(path: "/v1/scans", body: #"{"code":7}"#, status: 400, code: "malformed"),
        Case(path: "/v1/scans", body: #"{"code""#, status: 400, code: "malformed"),
        Case(
            path: "/v1/scans", body: #"{"code":"1"}"#, headers: [("Content-Type", "text/plain")],
            status: 415, code: "media-type"),
        Case(path: "/v1/commands", body: #"{"command":"DANCE"}"#, status: 400, code: "bad-command"),
        Case(path: "/v1/commands", body: #"{"command":"QTY:0"}"#, status: 400, code: "bad-command"),
        Case(path: "/v1/devices/none/enable", body: "{}", status: 404, code: "unknown-device"),
        Case(
            path: "/v1/devices/identify", body: #"{"seconds":0}"#, status: 400, code: "parameter"),
        Case(
            path: "/v1/devices/identify", body: #"{"seconds":301}"#, status: 400,
            code: "parameter"),
        Case(
            path: "/v1/devices",
            body: #"{"name":"a","driver":"telepathy","device":{"node":"/dev/x"}}"#, status: 400,
            code: "unknown-driver"),
        Case(
            path: "/v1/devices", body: #"{"name":"a b","driver":"serial","device":{"node":"/x"}}"#,
            status: 400, code: "config-out-of-range"),
        Case(path: "/v1/sync/now", body: "{}", status: 409, code: "not-enrolled"),
        Case(
            path: "/v1/enrol", body: #"{"hubURL":"https://127.0.0.1:1","code":"X","pin":""}"#,
            status: 400, code: "hub-pin"),
        Case(
            path: "/v1/enrol", body: #"{"hubURL":"http://127.0.0.1:1","code":"X"}"#, status: 502,
            code: "hub-unreachable"),
    ]

    @Test func eachWithItsCode() async throws {
        try await withConsole { console in
            for one in Self.cases {
                var request = console.request(one.method, one.path, one.body)
                if !one.headers.isEmpty { request.headers = one.headers }
                let answer = Answer(try await console.http.send(request))
                #expect(answer.status == one.status, "\(one.method) \(one.path)")
                #expect(answer.code == one.code, "\(one.method) \(one.path)")
            }
            #expect(try await console.store.read { try $0.lastIntake() } == 0)
        }
    }

    static let hosts: [(host: String, isTaken: Bool)] = [
        ("localhost", true), ("LOCALHOST:80", true), ("127.0.0.1:8481", true), ("[::1]", true),
        ("[::1]:8481", true), ("station.evil.example", false), ("localhost.evil.example", false),
        ("127.0.0.1.evil.example", false), ("evil.example:80", false), ("localhost:", false),
        ("localhost:80:80", false), ("[::1]evil", false), ("10.0.0.7", false),
    ]

    @Test func onlyThisMachineIsMeant() async throws {
        try await withConsole { console in
            for (host, isTaken) in Self.hosts {
                var request = HTTPRequest(
                    method: "GET", url: "http://127.0.0.1:\(console.port)/v1/status")
                request.headers = [("Host", host)]
                let answer = Answer(try await console.http.send(request))
                #expect(answer.status == (isTaken ? 200 : 421), "\(host)")
                #expect(answer.code == (isTaken ? nil : "foreign-host"), "\(host)")
            }
        }
    }

    static let origins: [(origin: String, isTaken: Bool)] = [
        ("http://localhost:8481", true), ("http://127.0.0.1", true), ("null", false),
        ("https://evil.example", false), ("http://localhost.evil.example", false),
    ]

    @Test func aPageOfAnotherSiteIsShutOut() async throws {
        try await withConsole { console in
            for (origin, isTaken) in Self.origins {
                var request = console.request("POST", "/v1/devices/gun/disable", "{}")
                request.headers.append(("Origin", origin))
                let answer = Answer(try await console.http.send(request))
                #expect(answer.status == (isTaken ? 200 : 403), "\(origin)")
            }
        }
    }

    @Test(arguments: [(0, 200, nil), (1, 413, "request-too-large")])
    func aBodyHasALimit(beyond: Int, status: Int, code: String?) async throws {
        try await withConsole { console in
            let body = #"{"code":"4006381333931"}"#
            let padding = APIVersion.bodyLimitBytes + beyond - body.utf8.count
            let answer = try await console.send(
                "POST", "/v1/scans", body + String(repeating: " ", count: padding))
            #expect(answer.status == status)
            #expect(answer.code == code)
            // The server goes on.
            #expect(try await console.send("GET", "/healthz").status == 200)
        }
    }

    @Test(arguments: ["0.0.0.0", "192.168.0.7", "::", "example.org", ""])
    func aHostThatOthersReachIsNoLoopback(host: String) {
        #expect(ConsoleServer.Loopback(host: host, port: 0) == nil)
    }
}
