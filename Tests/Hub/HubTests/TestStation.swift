import Crypto
import Foundation
import Gzip
import MessageSignatures
import Replication
import SwiftProtobuf
import SyncProtocol

/// A station as a stranger would write it: makes operations, signs requests, keeps everything.
struct TestStation {
    var hub: TestHub
    var key = Curve25519.Signing.PrivateKey()
    var code: StationCode = ""
    var tenant = ""
    var incarnation = Incarnation(rawValue: .random(in: 1...UInt64.max))
    var link: IncarnationLink?
    var entries: [Run.Entry] = []
    /// After each of `entries`, with the start before the first.
    var chains = [OperationChain.start]
    var base: FeedPosition = 0
    /// How far its clock is ahead.
    var skewMicroseconds: Int64 = 0
    var form = MessageForm.protobuf

    init(hub: TestHub) {
        self.hub = hub
    }

    func enrolment(_ code: String) async throws -> TestHTTP.Answer {
        try await send(
            "/v1/enrol",
            WireEnrolRequest.with {
                $0.code = code
                $0.publicKey = key.publicKey.rawRepresentation
                $0.name = "test station"
            }, isSigned: false)
    }

    mutating func enrol(code: String) async throws {
        let answer = try await enrolment(code)
        let message = try form.decode(WireEnrolResponse.self, from: answer.body)
        (self.code, tenant) = (StationCode(message.station), message.tenant)
    }

    /// The same station, at a hub that was started again.
    func moved(to hub: TestHub) -> TestStation {
        var station = self
        station.hub = hub
        return station
    }

    /// The next life of this station's database.
    func child(at sequence: UInt64, operations: Int) -> TestStation {
        var child = self
        child.incarnation = Incarnation(rawValue: .random(in: 1...UInt64.max))
        child.link = IncarnationLink(parent: incarnation, sequence: sequence)
        (child.entries, child.chains) = ([], [OperationChain.start])
        child.makeMany(operations)
        return child
    }

    /// Makes one operation more.
    @discardableResult
    mutating func make(_ kind: OperationKind, kindBytes: [UInt8]? = nil) -> OperationID {
        let id = OperationID(incarnation: incarnation, sequence: UInt64(entries.count) + 1)
        let operation = Operation(
            id: id, station: code,
            clock: HybridTime(rawValue: hub.clock.now + skewMicroseconds + Int64(entries.count)),
            base: base,
            device: "scanner", operator: "ann", kind: kind)
        let bytes = kindBytes ?? kind.kindBytes
        entries.append(Run.Entry(operation, kindBytes: bytes))
        chains.append(
            OperationChain.next(chains[chains.count - 1], operation: operation, kindBytes: bytes))
        return id
    }

    mutating func makeMany(_ count: Int) {
        for _ in 0..<count { make(.adjust(StockKey(item: "A", place: "P"), delta: 1)) }
    }

    /// Those of `sequences`, which count from 1.
    func run(_ sequences: ClosedRange<Int>) -> Run {
        Run(
            incarnation: incarnation, link: link,
            operations: Array(entries[(sequences.lowerBound - 1)..<sequences.upperBound]),
            chain: chains[sequences.upperBound])
    }

    func push(_ sequences: ClosedRange<Int>) async throws -> TestHTTP.Answer {
        try await push([run(sequences)])
    }

    func push(_ runs: [Run]) async throws -> TestHTTP.Answer {
        try await send(
            "/v1/ops", try WireOpsRequest.with { $0.runs = try runs.map { try $0.wire } })
    }

    func pushed(_ sequences: ClosedRange<Int>) async throws -> WireOpsResponse {
        try form.decode(WireOpsResponse.self, from: try await push(sequences).body)
    }

    func hello(last: UInt64, fingerprint: String = "") async throws -> WireHelloResponse {
        let answer = try await send(
            "/v1/hello",
            WireHelloRequest.with {
                $0.incarnations = [
                    .with { ($0.incarnation, $0.lastSequence) = (incarnation.rawValue, last) }
                ]
                $0.wallTime = hub.clock.now + skewMicroseconds
                $0.fingerprint = fingerprint
            })
        return try form.decode(WireHelloResponse.self, from: answer.body)
    }

    func feed(after position: FeedPosition, wait: Int = 0) async throws -> WireFeedPage? {
        let answer = try await get("/v1/feed?pos=\(position)&wait=\(wait)&max=2000")
        return answer.status == 204 ? nil : try form.decode(WireFeedPage.self, from: answer.body)
    }

    func send(
        _ path: String, _ message: some SwiftProtobuf.Message, isSigned: Bool = true,
        gzip: Bool = false
    ) async throws -> TestHTTP.Answer {
        var body = try form.encode(message)
        var headers = [("Accept", form.rawValue)]
        if gzip {
            body = try Gzip.compress(body)
            headers.append(("Content-Encoding", "gzip"))
        }
        if isSigned {
            return try await signed("POST", path, body: body, headers: headers)
        }
        headers.append(("Content-Type", form.rawValue))
        return try await hub.http.send("POST", path, headers: headers, body: body)
    }

    func get(_ path: String) async throws -> TestHTTP.Answer {
        try await signed("GET", path, body: [], headers: [("Accept", form.rawValue)])
    }

    func signed(
        _ method: String, _ path: String, body: [UInt8], headers: [(String, String)] = [],
        type: String? = nil, nonce: String = UUID().uuidString
    ) async throws -> TestHTTP.Answer {
        let type = body.isEmpty ? nil : type ?? form.rawValue
        var headers = headers
        if let type { headers.append(("Content-Type", type)) }
        headers += try RequestSigner(keyID: code.rawValue, privateKey: key).headers(
            method: method, path: path, body: body, contentType: type,
            created: hub.clock.now / 1_000_000, nonce: nonce)
        return try await hub.http.send(method, path, headers: headers, body: body)
    }
}
