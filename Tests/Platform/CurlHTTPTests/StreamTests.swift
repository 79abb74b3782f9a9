import CurlHTTP
import LinuxIO
import ScanTesting
import Testing

@Suite struct StreamTests {
    /// The server says the next line only when the reader has told it that the last one came.
    @Test func chunksArriveAsTheyAreSent() async throws {
        let socket = try ListeningSocket()
        let client = try HTTPClient()
        defer { client.close() }
        async let opened = client.stream(
            HTTPRequest(method: "GET", url: "http://127.0.0.1:\(socket.port)/"))
        let caller = try #require(
            try await onThread { try socket.accept(patience: .seconds(5)) })
        _ = try await heard(from: caller)
        try caller.writeAll(
            Array("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n".utf8))
        let stream = try await opened
        #expect(stream.status == 200)
        #expect(stream.header("content-type") == "text/event-stream")
        let iterator = stream.makeAsyncIterator()
        for number in 0..<20 {
            try caller.writeAll(Array("data: \(number)\n\n".utf8))
            #expect(try await iterator.next() == Array("data: \(number)\n\n".utf8))
        }
    }

    @Test func everyChunkComesOnceAndInOrder() async throws {
        try await withServer { server, client in
            let stream = try await client.stream(server.request("GET", "/ticks/5000"))
            var bytes: [UInt8] = []
            for try await chunk in stream { bytes += chunk }
            let expected = (0..<5000).map { "\($0)\n" }.joined()
            #expect(String(decoding: bytes, as: UTF8.self) == expected)
        }
    }

    /// 64 MiB go through a reader that starts late, and no more than the buffer waits for it.
    @Test func aSlowReaderHoldsTheServerBack() async throws {
        try await withServer { server, client in
            let length = 64 << 20
            let stream = try await client.stream(server.request("GET", "/bytes/\(length)"))
            _ = try await client.send(server.request("GET", "/bytes/1000000"))
            var total = 0
            var longest = 0
            for try await chunk in stream {
                total += chunk.count
                longest = max(longest, chunk.count)
            }
            #expect(total == length)
            #expect(longest <= 256 << 10)
        }
    }

    @Test func lettingGoHangsUp() async throws {
        let socket = try ListeningSocket()
        let client = try HTTPClient()
        defer { client.close() }
        let request = HTTPRequest(method: "GET", url: "http://127.0.0.1:\(socket.port)/")
        let opening = Task { try await client.stream(request).status }
        let caller = try #require(
            try await onThread { try socket.accept(patience: .seconds(5)) })
        _ = try await heard(from: caller)
        try caller.writeAll(Array("HTTP/1.1 200 OK\r\n\r\nfirst".utf8))
        #expect(try await opening.value == 200)
        #expect(try await heard(from: caller) == .end)
    }

    @Test func cancellingEndsTheLoop() async throws {
        try await withServer { server, client in
            let reading = Task {
                for try await _ in try await client.stream(server.request("GET", "/wait")) {}
            }
            _ = try await client.send(server.request("GET", "/connection"))
            reading.cancel()
            await #expect(throws: HTTPError.cancelled) { try await reading.value }
        }
    }

    private func heard(from caller: FileDescriptor) async throws -> FileDescriptor.Reading {
        try await onThread {
            _ = try Poll.wait(readable: [caller], timeout: .seconds(5))
            return try caller.read(limit: 65536)
        }
    }
}
