import Foundation
import Gzip
import HubStorage
import Replication
import ScanTesting
import StationStorage
import SwiftProtobuf
import SyncProtocol
import Synchronization
import Testing

@testable import CurlHTTP
@testable import Syncing

/// What a station does with each status that a hub may answer with.
@Suite struct StatusTests {
    static let rules: [(status: Int, code: String, becomes: String, ends: Bool, halves: Bool)] = [
        (400, "malformed", "malformed", false, true),
        (401, "signature-wrong", "signature-wrong", true, false),
        (401, "request-replayed", "answer-lost", true, false),
        (403, "station-revoked", "station-revoked", true, false),
        (404, "not-found", "not-found", false, true),
        (409, "fork", "fork", false, false),
        (409, "incarnation-taken", "incarnation-taken", false, false),
        (410, "feed-gone", "feed-gone", false, false),
        (413, "request-too-large", "request-too-large", false, true),
        (415, "media-type", "media-type", false, true),
        (426, "upgrade-needed", "upgrade-needed", true, false),
        (429, "too-many-requests", "hub-busy", true, true),
        (500, "internal", "internal", false, true),
        (502, "", "hub-busy", true, true),
        (503, "storage-unavailable", "hub-busy", true, true),
        (504, "", "hub-busy", true, true),
        (302, "", "http-302", false, true),
    ]

    @Test(arguments: rules)
    func isUnderstood(status: Int, code: String, becomes: String, ends: Bool, halves: Bool) {
        let error = SyncError(Self.answer(status, code: code))
        #expect(error.code == becomes)
        #expect(error.endsSession == ends)
        #expect(error.mayBeDueToSize == halves)
    }

    static let patience: [(text: String?, wait: Duration?)] = [
        ("7", .seconds(7)), ("0", .zero), ("-3", .zero), ("99999", .seconds(3600)),
        ("soon", nil), (nil, nil),
    ]

    @Test(arguments: patience, [429, 503])
    func waitsAsLongAsItIsAsked(row: (text: String?, wait: Duration?), status: Int) {
        let answer = Self.answer(
            status, code: "x", headers: row.text.map { ["Retry-After: \($0)"] } ?? [])
        #expect(SyncError(answer) == .busy(retryAfter: row.wait))
    }

    @Test func aForkSaysHowFarBothAgree() {
        let id = OperationID(incarnation: Incarnation(rawValue: .max), sequence: 3)
        let answer = Self.answer(
            409, code: "fork",
            more: #","agreed":{"incarnation":"18446744073709551615","sequence":"3"}"#)
        #expect(SyncError(answer) == .fork(code: "fork", "why", agreed: id))
        #expect(SyncError(Self.answer(409, code: "fork")) == .fork(code: "fork", "why"))
    }

    /// A hub that takes ten operations at once gets all of them, ten or fewer at a time.
    @Test func tooMuchAtOnceIsHalvedUntilItFits() async throws {
        let hub = ScriptedHub { $0 > 10 ? Self.answer(413, code: "request-too-large") : nil }
        try await withDrain(of: 250, at: hub) { drain, store in
            try await drain()
            #expect(hub.taken.reduce(0, +) == 250)
            #expect(hub.taken.allSatisfy { $0 <= 10 })
            let waiting = try await store.read { try $0.outboxDepth().waiting }
            #expect(waiting == 0)
        }
    }

    /// 100, 200, 400, 500: twice as many while answers are quick, up to the limit.
    @Test func batchesGrowWhileAnswersAreQuick() async throws {
        let hub = ScriptedHub { _ in nil }
        try await withDrain(of: 2000, at: hub) { drain, _ in
            try await drain()
            #expect(hub.taken.reduce(0, +) == 2000)
            #expect(hub.taken.first == 100)
            #expect(hub.taken.allSatisfy { $0 <= BatchSize.ordinaryLimit })
        }
    }

    @Test(arguments: [(426, "upgrade-needed"), (403, "station-revoked"), (503, "hub-busy")])
    func whatIsNotTakenStays(status: Int, code: String) async throws {
        let hub = ScriptedHub { _ in Self.answer(status, code: code) }
        try await withDrain(of: 3, at: hub) { drain, store in
            await #expect {
                try await drain()
            } throws: {
                ($0 as? SyncError)?.code == code
            }
            let waiting = try await store.read { try $0.outboxDepth().waiting }
            #expect(waiting == 3)
        }
    }

    /// The hub can't say how far both agree: the whole life is sent again, and then it can.
    @Test func aForkBeforeWhatWasSentIsLookedFor() async throws {
        let hub = ScriptedHub { _ in Self.answer(409, code: "fork") }
        try await withDrain(of: 3, at: hub) { drain, store in
            let life = try #require(try await store.read { try $0.lives().first }).incarnation
            try await store.write { try $0.acknowledge(life, upTo: 2, wallMicroseconds: 1) }
            await #expect(throws: SyncError.self) { try await drain() }
            let waiting = try await store.read { try $0.outboxDepth().waiting }
            #expect(waiting == 3)
            let isForked = try await store.read { try $0.isForked() }
            #expect(!isForked)
        }
    }

    static func answer(
        _ status: Int, code: String, headers lines: [String] = [], more: String = ""
    ) -> HTTPResponse {
        var headers = HTTPHeaders()
        for line in lines { headers.append(line: Substring(line)) }
        let body =
            code.isEmpty
            ? "<html>" : #"{"code":"\#(code)","detail":"why","status":\#(status)\#(more)}"#
        return HTTPResponse(status: status, headers: headers, body: Array(body.utf8))
    }

    private func withDrain(
        of count: Int, at hub: ScriptedHub,
        _ body: (_ drain: () async throws -> Void, StationStore) async throws -> Void
    ) async throws {
        let station = try TestStation()
        try await station.scan(count)
        let clock = HubClock(station.settings.wallClock)
        let client = HubClient(
            transport: { request async throws(HTTPError) in hub.answer(request) },
            enrolment: Enrolment(
                station: "st-1", tenant: "main", hubURL: "http://hub", generation: ""),
            key: station.key, clock: clock, pageLimit: HubClient.pageLimit)
        let upstream = Upstream(
            store: station.store, client: client, clock: clock, work: Wakeup(),
            size: SharedBatchSize())
        let result: Result<Void, any Error>
        do {
            result = .success(try await body({ try await upstream.drain() }, station.store))
        } catch {
            result = .failure(error)
        }
        try station.end()
        try result.get()
    }
}

/// Takes whatever it is told to take, and remembers how many came at once.
final class ScriptedHub: Sendable {
    private let refuse: @Sendable (_ count: Int) -> HTTPResponse?
    private let counts = Mutex<[Int]>([])

    var taken: [Int] { counts.withLock { $0 } }

    init(refuse: @escaping @Sendable (_ count: Int) -> HTTPResponse?) {
        self.refuse = refuse
    }

    func answer(_ request: HTTPRequest) -> HTTPResponse {
        let isPacked = request.headers.contains { $0.0 == "Content-Encoding" }
        let body =
            isPacked
            ? (try? Gzip.decompress(request.body, limitBytes: 1 << 22)) ?? [] : request.body
        guard let message = try? WireOpsRequest(serializedBytes: body) else {
            return StatusTests.answer(400, code: "malformed")
        }
        let count = message.runs.reduce(0) { $0 + $1.operations.count }
        if let refusal = refuse(count) { return refusal }
        counts.withLock { $0.append(count) }
        let answer = WireOpsResponse.with {
            $0.cursors = message.runs.map { run in
                .with {
                    $0.incarnation = run.incarnation
                    $0.sequence = run.firstSequence + UInt64(run.operations.count) - 1
                }
            }
        }
        var headers = HTTPHeaders()
        headers.append(line: Substring("Content-Type: \(MessageForm.protobuf.rawValue)"))
        return HTTPResponse(
            status: 200, headers: headers, body: (try? answer.serializedBytes()) ?? [])
    }
}
