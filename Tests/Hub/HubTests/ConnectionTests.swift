import Testing

@testable import Hub

/// Who holds connections and says nothing doesn't hold them for ever.
@Suite struct ConnectionTests {
    static let beginnings = [
        "", "GET /hea", "POST /v1/enrol HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc",
    ]

    @Test(.timeLimit(.minutes(1)), arguments: beginnings)
    func silenceEndsAConnection(beginning: String) async throws {
        try await withHub(silenceLimit: .milliseconds(100)) { hub in
            _ = try await hub.http.exchange(beginning)
        }
    }

    /// A station that waits for the feed is not silent.
    @Test func aLongPollIsNoSilence() async throws {
        try await withHub(silenceLimit: .milliseconds(100)) { hub in
            let station = try await hub.station()
            #expect(try await station.get("/v1/feed?pos=0&wait=1").status == 204)
        }
    }

    /// Those that come when there is no room wait until there is.
    @Test(.timeLimit(.minutes(1)))
    func aConnectionTooManyWaits() async throws {
        try await withHub(silenceLimit: .milliseconds(100), connectionLimit: 1) { hub in
            async let silent = hub.http.exchange("GET /hea")
            #expect(try await hub.http.send("GET", "/healthz").status == 200)
            _ = try await silent
        }
    }
}
