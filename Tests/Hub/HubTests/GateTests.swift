import Crypto
import Gzip
import HubStorage
import Replication
import SyncProtocol
import Testing

@Suite struct GateTests {
    @Test func takesARequestOnce() async throws {
        try await withHub { hub in
            let station = try await hub.station()
            let path = "/v1/feed?pos=0"
            let first = try await station.signed("GET", path, body: [], nonce: "nonce-0001")
            let again = try await station.signed("GET", path, body: [], nonce: "nonce-0001")

            #expect(first.status == 204)
            #expect(again.status == 401)
            #expect(again.code == "request-replayed")
        }
    }

    @Test func takesSignedRequestsOnly() async throws {
        try await withHub { hub in
            for path in ["/v1/hello", "/v1/ops"] {
                let answer = try await hub.http.send("POST", path)
                #expect(answer.status == 401)
                #expect(answer.code == "signature-missing")
                #expect(answer.headers["content-type"] == "application/problem+json")
            }
            #expect(try await hub.http.send("GET", "/v1/feed").status == 401)
        }
    }

    @Test func knowsASignatureOfAnotherKey() async throws {
        try await withHub { hub in
            let station = try await hub.station()
            var thief = try await hub.station()
            thief.code = station.code
            let answer = try await thief.get("/v1/feed")
            #expect(answer.status == 401)
            #expect(answer.code == "signature-wrong")
        }
    }

    @Test func knowsNoStrangers() async throws {
        try await withHub { hub in
            var stranger = TestStation(hub: hub)
            stranger.code = "st-nobody"
            let answer = try await stranger.get("/v1/feed")
            #expect(answer.status == 401)
            #expect(answer.code == "station-unknown")
        }
    }

    @Test func listensNoMoreToARevokedStation() async throws {
        try await withHub { hub in
            var station = try await hub.station()
            station.makeMany(1)
            let path = "/v1/stations/\(station.code)/revoke"
            let revoked = try await hub.http.send("POST", path, headers: hub.admin())
            #expect(revoked.status == 204)

            let answer = try await station.push(1...1)
            #expect(answer.status == 403)
            #expect(answer.code == "station-revoked")

            // Enrolled again it is the same station, and what waited on it is taken.
            let before = station.code
            try await station.enrol(code: try await hub.makeCode())
            #expect(station.code == before)
            #expect(try await station.push(1...1).status == 200)
        }
    }

    @Test func judgesTheTimeByItsOwnClock() async throws {
        try await withHub { hub in
            var late = try await hub.station()
            let clock = TestClock(hub.clock.now - 301_000_000)
            late.hub = TestHub(store: hub.store, http: hub.http, clock: clock)
            let answer = try await late.get("/v1/feed")
            #expect(answer.status == 401)
            #expect(answer.code == "signature-expired")
        }
    }

    @Test func takesAnEnrolmentCodeOnce() async throws {
        try await withHub { hub in
            let code = try await hub.makeCode()
            var station = TestStation(hub: hub)
            try await station.enrol(code: code.lowercased())
            let first = station.code
            // Its answer may have been lost: the same machine hears it again.
            try await station.enrol(code: code)
            #expect(station.code == first)

            let other = TestStation(hub: hub)
            let answer = try await other.enrolment(code)
            #expect(answer.status == 403)
            #expect(answer.code == "enrolment-code")
        }
    }

    @Test func letsAnEnrolmentCodeGrowOld() async throws {
        try await withHub { hub in
            let code = try await hub.makeCode(minutes: 10)
            hub.clock.advance(seconds: 600)
            let answer = try await TestStation(hub: hub).enrolment(code)
            #expect(answer.status == 403)
        }
    }

    @Test func slowsDownWhoGuesses() async throws {
        try await withHub { hub in
            let station = TestStation(hub: hub)
            for _ in 0..<20 {
                #expect(try await station.enrolment("00000-00000").status == 403)
            }
            let answer = try await station.enrolment("00000-00000")
            #expect(answer.status == 429)
            #expect(answer.code == "too-many-requests")
            #expect(answer.headers["retry-after"] == "61")
        }
    }

    @Test func keepsTenantsApart() async throws {
        try await withHub { hub in
            var one = try await hub.station(tenant: "one")
            let other = try await hub.station(tenant: "other")
            one.makeMany(1)
            _ = try await one.push(1...1)
            #expect(one.tenant == "one")
            #expect(try await other.feed(after: 0) == nil)
        }
    }
}

@Suite struct BodyTests {
    @Test func takesGzip() async throws {
        try await withHub { hub in
            let station = try await hub.station()
            let answer = try await station.send("/v1/hello", WireHelloRequest(), gzip: true)
            #expect(answer.status == 200)
        }
    }

    @Test func givesGzipWhenAsked() async throws {
        try await withHub { hub in
            var maker = try await hub.station()
            let reader = try await hub.station()
            maker.makeMany(400)
            _ = try await maker.push(1...400)
            let plain = try await reader.get("/v1/feed?pos=0")
            let small = try await reader.signed(
                "GET", "/v1/feed?pos=0", body: [], headers: [("Accept-Encoding", "br, gzip")])
            #expect(small.headers["content-encoding"] == "gzip")
            #expect(small.body.count < plain.body.count / 4)
            #expect(try Gzip.decompress(small.body, limitBytes: 1 << 20) == plain.body)
        }
    }

    @Test func stopsAtFourMebibytes() async throws {
        try await withHub { hub in
            let station = try await hub.station()
            let long = [UInt8](repeating: 0, count: (4 << 20) + 1)
            let plain = try await station.signed("POST", "/v1/ops", body: long)
            #expect(plain.status == 413)
            #expect(plain.code == "request-too-large")
            let bomb = try await station.signed(
                "POST", "/v1/ops", body: try Gzip.compress(long),
                headers: [("Content-Encoding", "gzip")])
            #expect(bomb.status == 413)
            #expect(bomb.code == "request-too-large")
        }
    }

    @Test(arguments: [(5000, 200), (5001, 413)])
    func limitsOperationsInARequest(count: Int, status: Int) async throws {
        try await withHub { hub in
            var station = try await hub.station()
            station.makeMany(count)
            #expect(try await station.push(1...count).status == status)
        }
    }

    static let bad: [(type: String, encoding: String, status: Int, code: String)] = [
        ("text/plain", "identity", 415, "media-type"),
        ("application/vnd.scanstation.v2+protobuf", "identity", 415, "media-type"),
        (MessageForm.protobuf.rawValue, "br", 415, "content-encoding"),
        (MessageForm.protobuf.rawValue, "gzip", 400, "malformed"),
        (MessageForm.protobuf.rawValue, "identity", 400, "malformed"),
        (MessageForm.json.rawValue, "identity", 400, "malformed"),
    ]

    @Test(arguments: bad)
    func saysWhatIsWrongWithABody(
        type: String, encoding: String, status: Int, code: String
    ) async throws {
        try await withHub { hub in
            let answer = try await hub.station().signed(
                "POST", "/v1/ops", body: Array("rubbish".utf8),
                headers: [("Content-Encoding", encoding)], type: type)
            #expect(answer.status == status)
            #expect(answer.code == code)
        }
    }

    @Test func answersInTheFormAskedFor() async throws {
        try await withHub { hub in
            var station = try await hub.station()
            station.form = .json
            let answer = try await station.send("/v1/hello", WireHelloRequest())
            #expect(answer.headers["content-type"] == MessageForm.json.rawValue)
            #expect(answer.text.hasPrefix("{"))
        }
    }

    @Test func knowsItsAddresses() async throws {
        try await withHub { hub in
            let answer = try await hub.http.send("GET", "/v1/nothing")
            #expect(answer.status == 404)
            #expect(answer.code == "not-found")
            #expect(try await hub.http.send("GET", "/healthz").status == 200)
            #expect(try await hub.http.send("GET", "/readyz").status == 200)
        }
    }
}
