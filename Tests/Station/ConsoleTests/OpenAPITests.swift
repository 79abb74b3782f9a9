import CurlHTTP
import Foundation
import Hummingbird
import LocalAPI
import Pipeline
import ScanTesting
import Scans
import Testing

@testable import Console

/// `openapi.json` and `asyncapi.json` say what the station does, no less and no more.
@Suite struct OpenAPITests {
    static func document() throws -> JSONSchema {
        JSONSchema(try JSONSerialization.jsonObject(with: Data(PackageResources.openapi_json)))
    }

    static func events() throws -> JSONSchema {
        JSONSchema(try JSONSerialization.jsonObject(with: Data(PackageResources.asyncapi_json)))
    }

    /// `GET /v1/batches/{code}`, for each route that is no part of the page.
    @Test func everyRouteIsDocumentedAndEveryDocumentedRouteIs() async throws {
        try await withConsole { console in
            let pages = Router(context: BasicRequestContext.self)
            PageRoutes().add(to: pages)
            let routes = Set(Self.names(console.server.router()))
                .subtracting(Self.names(pages))
            let documented = try Self.document()["paths"].members.flatMap { path, item in
                item.members.map { "\($0.key.uppercased()) \(path)" }
            }
            #expect(Set(documented).subtracting(routes) == [], "documented, and not there")
            #expect(routes.subtracting(documented) == [], "there, and not documented")
        }
    }

    private static func names(_ router: Router<BasicRequestContext>) -> [String] {
        router.routes.map { route in
            let path = "\(route.path)".replacing(/:([a-z]+)/) { "{\($0.1)}" }
            return "\(route.method.rawValue) \(path.hasPrefix("/") ? path : "/" + path)"
        }
    }

    static let gets: [(path: String, target: String)] = [
        ("/healthz", "/healthz"), ("/readyz", "/readyz"), ("/v1/status", "/v1/status"),
        ("/v1/store", "/v1/store?check=true"), ("/v1/devices", "/v1/devices"),
        ("/v1/batches", "/v1/batches"), ("/v1/lookup", "/v1/lookup?code=SN-7"),
        ("/v1/lookup", "/v1/lookup?code=4006381333931&all=true"),
        ("/v1/conflicts", "/v1/conflicts"), ("/v1/tasks", "/v1/tasks"),
        ("/v1/outbox", "/v1/outbox"), ("/v1/outbox/preview", "/v1/outbox/preview?limit=2"),
        ("/v1/outbox/dead", "/v1/outbox/dead?all=true"),
        ("/v1/outbox/audit", "/v1/outbox/audit"),
        ("/v1/session", "/v1/session"), ("/v1/tokens", "/v1/tokens"),
        ("/v1/consumers", "/v1/consumers"), ("/v1/lists", "/v1/lists"),
        ("/v1/lists/{code}", "/v1/lists/ASN-1"), ("/v1/batches/current", "/v1/batches/current"),
        ("/openapi.json", "/openapi.json"), ("/asyncapi.json", "/asyncapi.json"),
    ]

    static let posts: [(path: String, target: String, body: String)] = [
        ("/v1/scans", "/v1/scans", #"{"code":"4006381333931"}"#),
        ("/v1/lists", "/v1/lists", #"{"code":"ASN-1","lines":[{"item":"SN-7"}]}"#),
        ("/v1/commands", "/v1/commands", #"{"command":"LIST:ASN-1"}"#),
        ("/v1/scans", "/v1/scans", #"{"code":"]C100106141412345678908"}"#),
        ("/v1/outbox/hold", "/v1/outbox/hold", #"{"operator":"ada","reason":"stocktaking"}"#),
        ("/v1/outbox/release", "/v1/outbox/release", #"{"operator":"ada"}"#),
        ("/v1/devices/{name}/disable", "/v1/devices/gun/disable", "{}"),
        ("/v1/devices/release", "/v1/devices/release", "{}"),
        ("/v1/tokens", "/v1/tokens", #"{"name":"erp","role":"viewer","days":1}"#),
        ("/v1/session", "/v1/session", "{}"), ("/v1/logout", "/v1/logout", "{}"),
    ]

    @Test func whatIsAnsweredIsAsItSays() async throws {
        try await withConsole { console in
            let document = try Self.document()
            for code in ["LOC-A1", "4006381333931", "SN-7"] { try await console.scan(code) }
            for post in Self.posts {
                let answer = try await console.send("POST", post.target, post.body)
                #expect(answer.status == 200, "\(post.target)")
                Self.check(answer, "post", post.path, document)
            }
            let batches = try await console.get("/v1/batches", BatchList.self).batches
            let batch = try #require(batches.first)
            for get in Self.gets + [("/v1/batches/{code}", "/v1/batches/\(batch.code)")] {
                let answer = try await console.send("GET", get.target)
                #expect(answer.status == 200, "\(get.target)")
                Self.check(answer, "get", get.path, document)
            }
            let problem = try await console.send("GET", "/v1/batches/none")
            let schema = document["components"]["schemas"]["Problem"]
            #expect(document.faults(in: Self.object(problem), schema: schema) == [])
        }
    }

    @Test func eventsAreAsItSays() async throws {
        try await withConsole { console in
            let document = try Self.events()
            #expect(document["asyncapi"].value as? String == "3.0.0")
            for code in ["LOC-A1", "4006381333931", "]E04006381333932"] {
                try await console.scan(code)
            }
            let events = try await console.events("/v1/events?since=0", count: 3)
            let notices = NoticeBoard(news: .init())
            notices.refused("gun", Feedback(.error, code: "line-too-long", message: "Too long."))
            notices.changed(try await console.get("/v1/outbox", OutboxReport.self))
            notices.changed(nil)
            let all = events + notices.notices(after: 0).map(\.event)
            #expect(Set(all.map(\.name)) == ["intake", "refused", "outbox", "session"])
            for event in all {
                let message = document["components"]["messages"][event.name]
                let data = try JSONSerialization.jsonObject(with: Data(event.data.utf8))
                #expect(document.faults(in: data, schema: message["payload"]) == [])
            }
            let channel = document["channels"]["events"]["messages"].members.keys
            #expect(Set(channel) == ["intake", "device", "outbox", "refused", "session"])
        }
    }

    /// A schema that the one document has and the other has too is the same in both.
    @Test func bothDocumentsSpeakOfTheSameThings() throws {
        let one = try Self.document()["components"]["schemas"].members
        let other = try Self.events()["components"]["schemas"].members
        #expect(Set(other.keys).intersection(one.keys).count > 3)
        for (name, schema) in other {
            guard let twin = one[name] else { continue }
            #expect(schema.value as? NSDictionary == twin.value as? NSDictionary, "\(name)")
        }
    }

    private static func object(_ answer: Answer) -> Any {
        // What is no JSON is no object of any schema.
        (try? JSONSerialization.jsonObject(with: Data(answer.body))) ?? ""
    }

    private static func check(
        _ answer: Answer, _ method: String, _ path: String, _ document: JSONSchema
    ) {
        let content = document["paths"][path][method]["responses"]["200"]["content"]
        let schema = content["application/json"]["schema"]
        #expect(!schema.members.isEmpty, "\(path)")
        // These two describe themselves elsewhere.
        guard !path.hasSuffix("api.json") else { return }
        #expect(document.faults(in: object(answer), schema: schema) == [], "\(path)")
    }
}
