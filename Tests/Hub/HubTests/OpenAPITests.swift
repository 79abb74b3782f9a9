import Crypto
import Foundation
import HTTPTypes
import HubStorage
import Hummingbird
import Logging
import Replication
import ScanTesting
import SwiftProtobuf
import SyncProtocol
import Testing

@testable import Hub

/// `openapi.json` says what the hub does, no less and no more.
@Suite struct OpenAPITests {
    private static func document() throws -> JSONSchema {
        JSONSchema(
            try JSONSerialization.jsonObject(with: Data(PackageResources.openapi_json)))
    }

    /// `GET /v1/stock`, for each route that there is.
    @Test func everyRouteIsDocumentedAndEveryDocumentedRouteIs() throws {
        let directory = temporaryDirectory()
        let store = try HubStore(directory: directory)
        defer { try? FileManager.default.removeItem(atPath: directory) }  // A temporary folder.
        let server = HubServer(
            store: store, log: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
        // The console's pages are for people, and no calls.
        let routes = server.router().routes.map { "\($0.method.rawValue) \($0.path)" }
            .filter { AccessPolicy.pages[$0] == nil }
        let documented = try Self.document()["paths"].members.flatMap { path, item in
            item.members.map { "\($0.key.uppercased()) \(path)" }
        }
        #expect(Set(documented) == Set(routes))
        #expect(documented.count == routes.count)
        try store.close()
    }

    static let answers: [(path: String, answer: String)] = [
        ("/v1/stations", "/v1/stations"),
        ("/v1/operations", "/v1/operations?after=0"),
        ("/v1/stock", "/v1/stock?limit=1"),
        ("/v1/stock/explain", "/v1/stock/explain?item=A&place=P"),
        ("/v1/conflicts", "/v1/conflicts"),
        ("/v1/activity", "/v1/activity?limit=3"),
        ("/v1/serials/{serial}", "/v1/serials/S1"),
        ("/v1/batches/{batch}", "/v1/batches/B"),
    ]

    @Test(arguments: answers)
    func peopleAreAnsweredAsItSays(path: String, target: String) async throws {
        try await withHub { hub in
            try await hub.fill()
            let answer = try await hub.http.send("GET", target, headers: hub.admin())
            #expect(answer.status == 200)
            try Self.check(answer, of: path, "get")
        }
    }

    @Test func aCodeIsAnsweredAsItSays() async throws {
        try await withHub { hub in
            let answer = try await hub.http.send(
                "POST", "/v1/enrolment-codes", headers: hub.admin())
            #expect(answer.status == 201)
            try Self.check(answer, of: "/v1/enrolment-codes", "post", status: "201")
        }
    }

    @Test func aProblemIsAnsweredAsItSays() async throws {
        try await withHub { hub in
            let answer = try await hub.http.send("GET", "/v1/stock")
            let document = try Self.document()
            let faults = document.faults(
                in: try answer.object(), schema: document["components"]["schemas"]["Problem"])
            #expect(faults == [])
        }
    }

    @Test func stationsAreAnsweredAsItSays() async throws {
        try await withHub { hub in
            var station = try await hub.fill()
            station.form = .json
            let calls: [(String, TestHTTP.Answer)] = [
                ("/v1/feed", try await station.get("/v1/feed?pos=0&whole=1")),
                ("/v1/snapshot", try await station.get("/v1/snapshot?max=2")),
            ]
            for (path, answer) in calls { try Self.check(answer, of: path, "get") }
            let posts: [(String, TestHTTP.Answer)] = [
                ("/v1/ops", try await station.push(1...2)),
                ("/v1/hello", try await station.send("/v1/hello", WireHelloRequest())),
                (
                    "/v1/digest",
                    try await station.send(
                        "/v1/digest",
                        WireDigestRequest.with { ($0.position, $0.range) = (3, 2) })
                ),
                (
                    "/v1/keys/rotate",
                    try await station.send(
                        "/v1/keys/rotate",
                        WireRotateKeyRequest.with {
                            $0.publicKey = station.key.publicKey.rawRepresentation
                        })
                ),
            ]
            for (path, answer) in posts { try Self.check(answer, of: path, "post") }
        }
    }

    @Test func itIsServed() async throws {
        try await withHub { hub in
            let answer = try await hub.http.send("GET", "/openapi.json")
            #expect(answer.status == 200)
            #expect(answer.body == PackageResources.openapi_json)
        }
    }

    /// The checker of this test itself.
    @Test func aWrongAnswerIsSeen() throws {
        let document = try Self.document()
        let schema = document["components"]["schemas"]["Recount"]
        let wrong: [Any] = [
            ["quantity": 1], ["quantity": "1", "ifCountedLast": 2],
            ["quantity": 1, "ifCountedLast": 2, "more": 3], [1, 2],
        ]
        for value in wrong { #expect(!document.faults(in: value, schema: schema).isEmpty) }
        let right: [String: Any] = ["quantity": 1, "ifCountedLast": 2]
        #expect(document.faults(in: right, schema: schema).isEmpty)
    }

    private static func check(
        _ answer: TestHTTP.Answer, of path: String, _ method: String, status: String = "200"
    ) throws {
        let document = try document()
        let content = document["paths"][path][method]["responses"][status]["content"]
        let type = answer.headers["content-type"] ?? ""
        let schema = content[type]["schema"]
        #expect(!schema.members.isEmpty, "\(path): \(type)")
        #expect(document.faults(in: try answer.object(), schema: schema) == [], "\(path)")
    }
}

extension TestHTTP.Answer {
    func object() throws -> Any { try JSONSerialization.jsonObject(with: Data(body)) }
}

extension TestHub {
    /// One operation of each kind, a conflict of each sort, and one that was refused.
    @discardableResult
    func fill() async throws -> TestStation {
        var one = try await station()
        let key = StockKey(item: "A", place: "P", lot: "L")
        one.make(.adjust(key, delta: 5))
        one.make(.adjust(StockKey(item: "A", place: "P"), delta: 5))
        one.make(.move(key, to: "Q", quantity: 2))
        one.make(.pick(key, line: "O1", quantity: 1))
        one.make(.serial("S1", place: "P"))
        one.make(.attribute("A", field: "colour", value: "red"))
        let line = one.make(.batchAdd(BatchLine(batch: "B", code: "4711", aim: "]E0")))
        one.make(.batchAdd(BatchLine(batch: "B", code: "4712")))
        one.make(.batchRemove("B", lines: [line]))
        one.make(.undo(line, level: 2))
        one.make(.adjust(StockKey(item: "", place: "P"), delta: 1))
        _ = try await one.push(1...one.entries.count)
        var other = try await station()
        other.make(.count(StockKey(item: "A", place: "P"), quantity: 7))
        other.make(.serial("S1", place: "Q"))
        other.make(.attribute("A", field: "colour", value: "blue"))
        _ = try await other.push(1...3)
        return one
    }
}
