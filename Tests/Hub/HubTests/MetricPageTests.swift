import HubStorage
import Measuring
import Replication
import ScanTesting
import SyncProtocol
import Testing

@testable import Hub

@Suite struct MetricPageTests {
    private static func page(_ hub: TestHub, tenant: String = "main") async throws
        -> PrometheusPage
    {
        let answer = try await hub.http.send(
            "GET", "/metrics", headers: try await hub.admin(tenant: tenant))
        #expect(answer.status == 200)
        #expect(answer.headers["content-type"] == PrometheusText.mediaType)
        return try PrometheusPage(String(decoding: answer.body, as: UTF8.self))
    }

    @Test func whatStationsSendIsCounted() async throws {
        try await withHub { hub in
            let station = try await hub.fill()
            _ = try await station.push(1...2)
            let page = try await Self.page(hub)
            func operations(_ result: String) -> Double? {
                page.value("scanstation_hub_operations_total", ["result": result])
            }
            #expect(operations("taken") == 14)
            #expect(operations("duplicate") == 2)
            #expect(operations("refused") == 1)
            #expect(page.value("scanstation_hub_stations", ["state": "revoked"]) == 0)
            #expect(try #require(page.value("scanstation_hub_conflicts")) >= 2)
            #expect(
                page.value(
                    "scanstation_hub_request_seconds_count", ["route": "/v1/ops", "status": "200"])
                    == 3)
        }
    }

    @Test func whatSinksLackIsShown() async throws {
        try await withHub { hub in
            let station = try await hub.fill()
            _ = try await station.push(1...2)
            let tenant = try hub.store.tenant("main")
            let audit = SinkAudit(time: 1, who: "ann", action: .added)
            try await tenant.addSink(
                "erp", kind: "webhook", settings: "{}", secretFile: nil, after: 0, by: audit)
            let sink = try await tenant.sinks()[0]
            let fault = Sink.Fault(code: "sink-busy", message: "", time: 2)
            try await tenant.note(fault, at: sink)
            _ = try await tenant.skipNext(ofSink: "erp", by: "ann", now: 3)
            try await tenant.note(fault, at: sink)
            let page = try await Self.page(hub)
            let lag = page.value(
                "scanstation_hub_sink_lag_operations", ["sink": "erp", "state": "active"])
            #expect(lag == Double(tenant.position - 1))
            #expect(page.value("scanstation_hub_sink_failed_attempts", ["sink": "erp"]) == 1)
            #expect(page.value("scanstation_hub_sink_parked_operations", ["sink": "erp"]) == 1)
            #expect(page.value("scanstation_hub_sink_lag_seconds", ["sink": "erp"]) != nil)
        }
    }

    /// A tenant's token shows nothing of another tenant's.
    @Test func tenantsSeeTheirOwn() async throws {
        try await withHub { hub in
            try await hub.fill()
            let page = try await Self.page(hub, tenant: "other")
            #expect(!page.samples.contains { $0.name == "scanstation_hub_operations_total" })
            #expect(page.value("scanstation_hub_conflicts") == 0)
        }
    }

    @Test func withoutATokenNothingIsTold() async throws {
        try await withHub { hub in
            let answer = try await hub.http.send("GET", "/metrics")
            #expect(answer.status == 401)
        }
    }

    @Test func everyMetricIsDocumented() throws {
        let page = try Dashboard.page()
        let silent = (HubMetrics.families + HubMetrics.tenantFamilies).map(\.name).filter {
            !page.contains("`\($0)")
        }
        #expect(silent == [])
    }

    @Test func theDashboardAsksForWhatThereIs() throws {
        let known = (HubMetrics.families + HubMetrics.tenantFamilies).flatMap { family in
            if case .histogram = family.kind {
                return ["_bucket", "_sum", "_count"].map { family.name + $0 }
            }
            return [family.name]
        }
        let asked = try Dashboard.names().filter { $0.hasPrefix("scanstation_hub_") }
        #expect(asked.count > 3)
        #expect(asked.subtracting(known) == [])
    }
}
