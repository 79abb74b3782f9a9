import CurlHTTP
import Foundation
import Glibc
import LinuxIO
import LocalAPI
import Pipeline
import ScanTesting
import Scans
import StationStorage
import Testing

@testable import Console

/// Clients that mean no good, or are slow, or many.
@Suite struct HostileClientTests {
    static let hosts = [
        "", "\u{7F}", "localhost@evil.example", "localhost/../evil", "127.0.0.1:80@evil.example",
        "localhost.", "0x7f.1", "2130706433", "127.1", "[::ffff:127.0.0.1]", "localhost\\evil",
        "localhost evil.example", String(repeating: "a", count: 4000),
    ]

    /// Whatever it says, it is not taken for this machine, and the server goes on.
    @Test func aHostThatPretendsIsRefused() async throws {
        try await withConsole { console in
            for host in Self.hosts {
                let answer = try Self.raw(
                    console, "GET /v1/status HTTP/1.1\r\nHost: \(host)\r\n\r\n")
                #expect(!answer.contains(" 200 "), "\(host)")
            }
            #expect(try await console.send("GET", "/healthz").status == 200)
        }
    }

    static let requests = [
        "GET /v1/status HTTP/1.1\r\n\r\n",
        "GET /v1/status HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n",
        "POST /v1/scans HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST /v1/scans HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + "Content-Length: -1\r\n\r\n",
        "POST /v1/scans HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + "Content-Length: 99999999999999999999\r\n\r\n",
        "\u{0}\u{1}\u{2}\r\n\r\n", "GET / HTTP/9.9\r\n\r\n",
        "POST /v1/scans HTTP/1.1\r\nHost: localhost\r\nOrigin: https://evil.example\r\n"
            + "Content-Type: text/plain\r\nContent-Length: 12\r\n\r\n{\"code\":\"1\"}",
        "POST /v1/sync/now HTTP/1.1\r\nHost: localhost\r\nOrigin: null\r\nContent-Length: 0\r\n\r\n",
    ]

    @Test func aBrokenOrForgedRequestDoesNothing() async throws {
        try await withConsole { console in
            for request in Self.requests {
                let answer = try Self.raw(console, request)
                #expect(!answer.hasPrefix("HTTP/1.1 2"), "\(request.debugDescription): \(answer)")
            }
            #expect(try await console.store.read { try $0.lastIntake() } == 0)
            #expect(try await console.send("GET", "/healthz").status == 200)
        }
    }

    /// A body that never ends is cut off at the limit, however it comes.
    @Test func aBodyWithoutAnEndIsRefused() async throws {
        try await withConsole { console in
            let chunk = "1000\r\n\(String(repeating: " ", count: 4096))\r\n"
            let answer = try Self.raw(
                console,
                "POST /v1/scans HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n"
                    + String(repeating: chunk, count: 20))
            #expect(answer.hasPrefix("HTTP/1.1 413"))
            #expect(answer.contains("request-too-large"))
        }
    }

    /// Half a request is waited for no longer than a silence may last.
    @Test(arguments: ["GET /v1/st", "POST /v1/scans HTTP/1.1\r\nHost: localhost\r\n", ""])
    func aSlowRequestIsNotWaitedForForever(begun: String) async throws {
        try await withConsole(silenceLimit: .milliseconds(200)) { console in
            let socket = try Self.connect(console)
            try socket.writeAll(Array(begun.utf8))
            #expect(try Self.isClosed(socket, within: .seconds(10)))
            #expect(try await console.send("GET", "/healthz").status == 200)
        }
    }

    /// 200 listeners, 100 scans: each hears each once, in order.
    @Test func manyListenersMissNothing() async throws {
        let (listeners, scans) = (200, 100)
        try await withConsole { console in
            try await withThrowingTaskGroup(of: [String?].self) { group in
                for _ in 0..<listeners {
                    group.addTask {
                        try await console.events("/v1/events?since=0", count: scans).map(\.id)
                    }
                }
                for number in 0..<scans { try await console.scan("A-\(number)") }
                for try await ids in group {
                    #expect(ids.prefix(scans) == (1...scans).map { "\($0)" }[...])
                }
            }
        }
    }

    @Test func oneListenerTooManyIsToldSo() async throws {
        try await withConsole { console in
            let readers = console.metrics.readers
            let reader = EventReaders.Reader(
                name: "one", door: "socket", sinceMicroseconds: 1, position: 0)
            let ids = (0..<EventReaders.limit).compactMap { _ in readers.enter(reader) }
            #expect(ids.count == EventReaders.limit)
            let answer = try await console.send("GET", "/v1/events?follow=false")
            #expect((answer.status, answer.code) == (503, "too-many-listeners"))
            readers.leave(ids[0], at: 2)
            #expect(try await console.send("GET", "/v1/events?follow=false").status == 200)
            let isLeft = try await soon {
                readers.current == EventReaders.limit - 1
            }
            #expect(isLeft)
        }
    }

    /// Who takes nothing is let go; others hear on, and it goes on where it was.
    @Test func aStalledListenerIsLetGoAndGoesOn() async throws {
        try await withConsole(stallLimit: .milliseconds(200)) { console in
            let socket = try Self.connect(console)
            try socket.writeAll(
                Array("GET /v1/events?since=0 HTTP/1.1\r\nHost: localhost\r\n\r\n".utf8))
            let operatorName = String(repeating: "x", count: 1500)
            // More than the kernel keeps for a reader that reads nothing.
            let scans = 1200
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<scans {
                    if number >= 400 { try await group.next() }
                    group.addTask {
                        _ = try await console.intake.submit(
                            code: "\(number)-\(operatorName.prefix(480))", device: "x")
                    }
                }
                try await group.waitForAll()
            }
            let isCut = try await soon(within: .seconds(20)) {
                String(decoding: try await console.send("GET", "/metrics").body, as: UTF8.self)
                    .contains("scanstation_event_listeners_cut_off_total 1\n")
            }
            #expect(isCut)
            let heard = try Self.everything(socket)
            var reader = ServerSentEventReader()
            let last = reader.push(Array(heard)).compactMap(\.id).last.flatMap { Int($0) } ?? 0
            #expect(last < scans)
            let rest = try await console.events("/v1/events?since=\(last)&follow=false")
            #expect(rest.compactMap(\.id) == (last..<scans).map { "\($0 + 1)" })
        }
    }
}

extension HostileClientTests {
    private static func connect(_ console: ConsoleScene) throws -> FileDescriptor {
        let number = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) {
            $0.copyBytes(from: console.socketPath.utf8)
        }
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(number, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        #expect(result == 0)
        let descriptor = FileDescriptor(owning: number, path: "api")
        try descriptor.setNonBlocking()
        return descriptor
    }

    /// What the server says to these very bytes, until it has said something or closed.
    private static func raw(_ console: ConsoleScene, _ request: String) throws -> String {
        let socket = try connect(console)
        // The server may have closed already, and that is an answer.
        try? socket.writeAll(Array(request.utf8))
        guard try Poll.wait(readable: [socket], timeout: .seconds(10)).readable[0] else {
            return "nothing"
        }
        // Reset: it would not even speak.
        guard case .bytes(let bytes)? = try? socket.read(limit: 1 << 16) else { return "closed" }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func isClosed(_ socket: FileDescriptor, within limit: Duration) throws -> Bool {
        let deadline = SystemTime.monotonic + limit
        while SystemTime.monotonic < deadline {
            let left = deadline - SystemTime.monotonic
            guard try Poll.wait(readable: [socket], timeout: left).readable[0] else { break }
            switch try? socket.read(limit: 1 << 16) {
            case .bytes, .wouldBlock: continue
            case .end, nil: return true
            }
        }
        return false
    }

    private static func everything(_ socket: FileDescriptor) throws -> [UInt8] {
        var bytes: [UInt8] = []
        while try Poll.wait(readable: [socket], timeout: .seconds(5)).readable[0] {
            // Reset after what was kept for us: the end as well.
            guard case .bytes(let more)? = try? socket.read(limit: 1 << 20) else { break }
            bytes += more
        }
        return bytes
    }
}
