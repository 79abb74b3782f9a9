import CurlHTTP
import Foundation
import LinuxIO
import ScanTesting
import Testing

@Suite struct FailureTests {
    @Test func aRefusedConnectionSaysWhatWasTried() async throws {
        let client = try HTTPClient()
        defer { client.close() }
        var socket: ListeningSocket? = try ListeningSocket()
        let url = "http://127.0.0.1:\(try #require(socket).port)/x"
        socket = nil
        let error = await #expect(throws: HTTPError.self) {
            try await client.send(HTTPRequest(method: "GET", url: url))
        }
        let text = try #require(error).description
        #expect(text.hasPrefix("GET \(url): can't connect: "))
    }

    @Test func aMissingSocketSaysItsPath() async throws {
        let client = try HTTPClient()
        defer { client.close() }
        var request = HTTPRequest(method: "GET", url: "http://station/x")
        request.unixSocket = "/nowhere/station.sock"
        let missing = request
        let error = await #expect(throws: HTTPError.self) { try await client.send(missing) }
        #expect(try #require(error).description.contains("/nowhere/station.sock"))
    }

    static let torn: [(rule: String, answer: String)] = [
        ("before the head", ""),
        ("inside the head", "HTTP/1.1 200 OK\r\nContent-Le"),
        ("inside a body of known length", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc"),
        (
            "inside a chunk",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc"
        ),
    ]

    @Test(arguments: torn.map(\.rule), [false, true])
    func aTornAnswerIsNoAnswer(rule: String, isStream: Bool) async throws {
        let answer = try #require(Self.torn.first { $0.rule == rule }).answer
        let server = try RawServer(answering: answer)
        let client = try HTTPClient()
        defer { client.close() }
        let request = HTTPRequest(method: "GET", url: "http://127.0.0.1:\(server.port)/")
        let error = await #expect(throws: HTTPError.self) {
            guard isStream else { return _ = try await client.send(request) }
            for try await _ in try await client.stream(request) {}
        }
        guard case .cutOff = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test func anEndlessHeadIsAnError() async throws {
        let line = "X-Padding: " + String(repeating: "x", count: 1000) + "\r\n"
        let server = try RawServer(
            answering: "HTTP/1.1 200 OK\r\n" + String(repeating: line, count: 80))
        let client = try HTTPClient()
        defer { client.close() }
        let request = HTTPRequest(method: "GET", url: "http://127.0.0.1:\(server.port)/")
        let error = await #expect(throws: HTTPError.self) { try await client.send(request) }
        guard case .tooLarge = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test func cancellingTheTaskEndsTheTransfer() async throws {
        try await withServer { server, client in
            var request = server.request("GET", "/wait")
            request.isLongPoll = true
            let patient = request
            let waiting = Task { try await client.send(patient) }
            _ = try await client.send(server.request("GET", "/connection"))
            waiting.cancel()
            let error = await #expect(throws: HTTPError.self) { try await waiting.value }
            #expect(error == .cancelled)
        }
    }

    @Test func aCancelledTaskSendsNothing() async throws {
        let server = try RawServer(answering: "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        let client = try HTTPClient()
        defer { client.close() }
        let request = HTTPRequest(method: "GET", url: "http://127.0.0.1:\(server.port)/")
        let cancelled = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await client.send(request)
        }
        let error = await #expect(throws: HTTPError.self) { try await cancelled.value }
        #expect(error == .cancelled)
    }

    @Test func closingEndsWhatIsUnderWay() async throws {
        let server = try RawServer(answering: nil)
        let client = try HTTPClient()
        let request = HTTPRequest(method: "GET", url: "http://127.0.0.1:\(server.port)/")
        let waiting = Task { try await client.send(request) }
        await server.waitForCaller()
        client.close()
        let error = await #expect(throws: HTTPError.self) { try await waiting.value }
        #expect(error == .closed)
        await #expect(throws: HTTPError.closed) { try await client.send(request) }
    }
}
