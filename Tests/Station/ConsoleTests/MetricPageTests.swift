import CurlHTTP
import Foundation
import LocalAPI
import Measuring
import Pipeline
import ScanTesting
import Scans
import Testing

@testable import Console
@testable import DriverKit

@Suite struct MetricPageTests {
    private static func page(_ console: ConsoleScene) async throws -> PrometheusPage {
        let response = try await console.http.send(console.request("GET", "/metrics"))
        #expect(response.status == 200)
        #expect(response.header("Content-Type") == PrometheusText.mediaType)
        return try PrometheusPage(String(decoding: response.body, as: UTF8.self))
    }

    @Test func whatCameInIsCounted() async throws {
        try await withConsole { console in
            for code in ["LOC-A1", "4006381333931", "4006381333931", "]E04006381333932"] {
                try await console.scan(code)
            }
            let page = try await Self.page(console)
            let scans = page.samples.filter { $0.name == "scanstation_scans_total" }
            #expect(scans.reduce(0) { $0 + $1.value } == 4)
            #expect(
                page.value("scanstation_scans_total", ["device": "api", "result": "error"]) == 1)
            #expect(page.value("scanstation_intake_commit_seconds_count") == 4)
            let waiting = try await console.get("/v1/outbox", OutboxReport.self).waiting
            #expect(page.value("scanstation_outbox_operations") == Double(waiting))
            #expect(page.value("scanstation_link_state", ["state": "not-enrolled"]) == 1)
            #expect(page.value("scanstation_link_state", ["state": "online"]) == 0)
            #expect(
                page.value(
                    "scanstation_device_state",
                    ["device": "gun", "driver": "serial", "state": "disabled"]) == 1)
            #expect(try #require(page.value("scanstation_store_bytes")) > 4096)
            #expect(try #require(page.value("scanstation_process_resident_bytes")) > 1_000_000)
        }
    }

    /// A device counts under its own name; a program can't make up names.
    @Test func onlyDevicesHaveNames() async throws {
        try await withConsole { console in
            let body = #"{"code":"4006381333931","device":"secret-4711"}"#
            _ = try await console.send("POST", "/v1/scans", body)
            await withCheckedContinuation { continuation in
                console.intake.accept(
                    Delivery(
                        capture: Capture(
                            device: "gun", payload: .keystrokes("4006381333931"), time: .now),
                        trace: nil
                    ) { _ in continuation.resume() })
            }
            let text = String(
                decoding: try await console.send("GET", "/metrics").body, as: UTF8.self)
            #expect(!text.contains("4711") && !text.contains("4006381333931"))
            // Answered first, counted then.
            let isCounted = try await soon {
                try await Self.page(console).samples.contains { $0.labels["device"] == "gun" }
            }
            #expect(isCounted)
        }
    }

    @Test func readyIsWhoTakesScansAndSaysHowTheLinkStands() async throws {
        try await withConsole { console in
            let ready = try await console.get("/readyz", ReadinessReport.self)
            #expect(ready == ReadinessReport(healthy: true, link: "not-enrolled", code: nil))
        }
    }

    /// Names end with their unit, counters with `_total`, and each has its sentence.
    @Test func namesKeepThePrometheusRules() {
        for family in StationMetrics.families {
            #expect(family.name.hasPrefix("scanstation_"))
            #expect(family.name.hasSuffix("_total") == (family.kind == .counter), "\(family.name)")
            #expect(family.help.hasSuffix("."))
        }
        #expect(Set(StationMetrics.families.map(\.name)).count == StationMetrics.families.count)
    }

    @Test func everyMetricIsDocumented() throws {
        let page = try Dashboard.page()
        let silent = (StationMetrics.families).map(\.name).filter { !page.contains("`\($0)") }
        #expect(silent == [])
    }

    @Test func theDashboardAsksForWhatThereIs() throws {
        let asked = try Dashboard.names().filter { !$0.hasPrefix("scanstation_hub_") }
        let known = Set(StationMetrics.families.flatMap(\.seriesNames))
        #expect(asked.count > 8)
        #expect(asked.subtracting(known) == [])
    }
}

extension MetricFamily {
    /// What a query may name.
    var seriesNames: [String] {
        if case .histogram = kind { return ["_bucket", "_sum", "_count"].map { name + $0 } }
        return [name]
    }
}
