import CurlHTTP
import Foundation
import Testing

@Suite struct HTTPClientTests {
    @Test(arguments: ["POST", "PUT", "DELETE"], [0, 1, 3_000_000])
    func sendsMethodHeadersAndBody(method: String, count: Int) async throws {
        try await withServer { server, client in
            var request = server.request(method, "/echo")
            request.body = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
            request.headers = [("X-Note", "naïve: yes")]
            request.responseLimitBytes = 4 << 20
            let response = try await client.send(request)
            #expect(response.status == 200)
            #expect(response.body == request.body)
            #expect(response.header("got-method") == method)
            #expect(response.header("GOT-X-NOTE") == "naïve: yes")
            #expect(response.header("Got-Content-Type") == "none")
            #expect(response.header("Got-Expect") == "none")
        }
    }

    @Test(arguments: [200, 204, 304, 401, 409, 503])
    func anErrorStatusIsAnAnswer(status: Int) async throws {
        try await withServer { server, client in
            let response = try await client.send(server.request("GET", "/status/\(status)"))
            #expect(response.status == status)
        }
    }

    @Test func doesNotFollowRedirects() async throws {
        try await withServer { server, client in
            let response = try await client.send(server.request("GET", "/redirect"))
            #expect(response.status == 302)
            #expect(response.header("Location") == "/echo")
        }
    }

    @Test func usesAConnectionAgain() async throws {
        try await withServer { server, client in
            for _ in 0..<5 { _ = try await client.send(server.request("GET", "/connection")) }
            #expect(server.served.connectionCount == 1)
        }
    }

    @Test func speaksOverAUnixSocket() async throws {
        let path = NSTemporaryDirectory() + "http-\(UUID().uuidString.prefix(8)).sock"
        try await withServer(unixSocket: path) { server, client in
            var request = server.request("POST", "/echo")
            request.body = Array("hello".utf8)
            let response = try await client.send(request)
            #expect(response.body == request.body)
        }
    }

    @Test func answersManyAtOnce() async throws {
        try await withServer { server, client in
            let lengths = try await withThrowingTaskGroup { group in
                for count in 0..<200 {
                    group.addTask {
                        try await client.send(server.request("GET", "/bytes/\(count)")).body.count
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(lengths.sorted() == Array(0..<200))
        }
    }

    @Test func theLimitIsAllowedAndOneByteMoreIsNot() async throws {
        try await withServer { server, client in
            var request = server.request("GET", "/bytes/100000")
            request.responseLimitBytes = 100_000
            let response = try await client.send(request)
            #expect(response.body.count == 100_000)
            request.responseLimitBytes = 99_999
            await #expect(
                throws: HTTPError.tooLarge(
                    request: "GET \(server.url)/bytes/100000", limitBytes: 99_999)
            ) { try await client.send(request) }
        }
    }

    static let smuggled: [(rule: String, change: @Sendable (inout HTTPRequest) -> Void)] = [
        ("line break in a value", { $0.headers = [("X", "a\r\nY: b")] }),
        ("line feed alone", { $0.headers = [("X", "a\nY: b")] }),
        ("NUL", { $0.headers = [("X", "a\0")] }),
        ("colon in a name", { $0.headers = [("X: a\r\nY", "b")] }),
        ("no name", { $0.headers = [("", "b")] }),
        ("method with a blank", { $0.method = "GET / HTTP/1.1\r\nX:" }),
        ("address with a line break", { $0.url += "\r\nX: y" }),
        ("another scheme", { $0.url = "file:///etc/hostname" }),
        ("one more scheme", { $0.url = "gopher://127.0.0.1:1/x" }),
    ]

    @Test(arguments: smuggled.indices)
    func refuses(index: Int) async throws {
        let client = try HTTPClient()
        defer { client.close() }
        var request = HTTPRequest(method: "GET", url: "http://127.0.0.1:1/")
        Self.smuggled[index].change(&request)
        let bad = request
        let error = await #expect(throws: HTTPError.self) { try await client.send(bad) }
        guard case .invalidRequest = error else {
            Issue.record("\(Self.smuggled[index].rule): \(String(describing: error))")
            return
        }
    }
}
