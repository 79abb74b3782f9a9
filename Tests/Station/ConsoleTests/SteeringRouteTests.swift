import LocalAPI
import Replication
import Reporting
import StationStorage
import SyncProtocol
import Testing

@testable import Console

/// What people do to the outbox and to conflicts, as the local API takes it.
@Suite struct SteeringRouteTests {
    typealias Row = (method: String, path: String, body: String?, status: Int, code: String)
    static let refusals: [Row] = [
        ("POST", "/v1/outbox/hold", #"{"operator":"ann"}"#, 400, "malformed"),
        ("POST", "/v1/outbox/dead/0000000000000007:1/retry", "{}", 404, "unknown-dead-letter"),
        ("POST", "/v1/outbox/dead/what/retry", "{}", 400, "parameter"),
        ("POST", "/v1/outbox/dead/0000000000000007:1/burn", "{}", 404, "not-found"),
        ("POST", "/v1/conflicts/abc/resolve", #"{"choose":1}"#, 404, "unknown-conflict"),
        ("POST", "/v1/conflicts/abc/resolve", "{}", 400, "malformed"),
        ("POST", "/v1/conflicts/abc/resolve", #"{"choose":1,"quantity":1}"#, 400, "malformed"),
        ("GET", "/v1/outbox/preview?after=what", nil, 400, "parameter"),
        ("GET", "/v1/outbox/preview?limit=1001", nil, 400, "parameter"),
        ("GET", "/v1/bundle", nil, 409, "not-enrolled"),
        ("POST", "/v1/bundle", "{}", 415, "media-type"),
    ]

    @Test func whatMakesNoSenseIsRefused() async throws {
        try await withConsole { scene in
            for row in Self.refusals {
                let answer = try await scene.send(row.method, row.path, row.body)
                #expect(answer.status == row.status, "\(row.path)")
                #expect(answer.code == row.code, "\(row.path)")
            }
        }
    }

    @Test func holdingIsShownInStatusAndToldToListeners() async throws {
        try await withConsole { scene in
            try await scene.scan("4006381333931")
            let held = try await scene.send(
                "POST", "/v1/outbox/hold", #"{"operator":"ann","reason":"stocktake"}"#
            ).json(OutboxReport.self)
            #expect(held.held?.operator == "ann")
            #expect(held.held?.reason == "stocktake")
            let status = try await scene.get("/v1/status", StatusReport.self)
            #expect(status.outbox.held == held.held)
            _ = try await scene.send("POST", "/v1/outbox/release", "{}")
            let told = scene.notices.notices(after: 0).map(\.event.name)
            #expect(told == ["outbox", "outbox"])
            let audit = try await scene.get("/v1/outbox/audit", AuditList.self)
            #expect(audit.entries.map(\.action) == ["release", "hold"])
        }
    }

    @Test func aRefusedOperationIsEditedThroughTheAPI() async throws {
        try await withConsole { scene in
            try await scene.scan("4006381333931")
            let page = try await scene.get("/v1/outbox/preview", OutboxPage.self)
            let adjust = try #require(page.operations.first { $0.content.kind == "adjust" })
            let id = try #require(OperationID(adjust.id))
            try await scene.store.write {
                try $0.park(
                    id, refusal: Refusal(code: "text-too-long", message: "Too long."),
                    wallMicroseconds: 1)
            }
            let letters = try await scene.get("/v1/outbox/dead", DeadLetterList.self)
            #expect(letters.deadLetters.map(\.scanned) == ["4006381333931"])
            let path = "/v1/outbox/dead/\(adjust.id.urlPart)/edit"
            let unfit = try await scene.send("POST", path, #"{"changes":{"serial":"S"}}"#)
            #expect(unfit.code == "unfit-change")
            #expect(try await scene.send("POST", path, "{}").code == "unfit-change")
            let body = #"{"operator":"ann","reason":"two","changes":{"quantity":2,"place":"B1"}}"#
            #expect(try await scene.send("POST", path, body).status == 200)
            #expect(try await scene.send("POST", path, body).code == "dead-letter-settled")
            let last = try await scene.get("/v1/outbox/preview", OutboxPage.self).operations.last
            #expect(last?.sentence == "received 2 × 04006381333931 at B1")
            #expect(last?.amends == adjust.id)
            #expect(last?.operator == "ann")
        }
    }

    @Test func aShortageIsATaskUntilSomebodyCounts() async throws {
        try await withConsole { scene in
            try await scene.store.write {
                _ = try $0.append(
                    [.adjust(StockKey(item: "A", place: "P"), delta: -2)], life: Life(random: 7),
                    by: Author(), wallMicroseconds: 1)
            }
            let tasks = try await scene.get("/v1/tasks", TaskList.self).tasks
            #expect(tasks.map(\.sentence) == ["Count A at P"])
            let id = try #require(tasks.first?.id)
            let settled = try await scene.send(
                "POST", "/v1/conflicts/\(id)/resolve", #"{"quantity":4,"operator":"eve"}"#
            ).json(ResolutionReport.self)
            #expect(settled.sentence == "counted 4 × A at P")
            #expect(try await scene.get("/v1/tasks", TaskList.self).tasks.isEmpty)
            #expect(try await scene.get("/v1/conflicts", ConflictReport.self).conflicts.isEmpty)
            let told = try await scene.events("/v1/events?since=0&follow=false")
            let report = try APIForm.decode(EventReport.self, from: Array(told[0].data.utf8))
            #expect(report.meaning == "resolution")
            #expect(report.operations == [settled.operation])
        }
    }
}
