import CoreMetrics
import HubStorage
import Measuring
import Synchronization

/// What a hub counts while it runs. A tenant's own numbers are shown to its programs alone.
final class HubMetrics: Sendable {
    private let hub = MetricRegistry(HubMetrics.families)
    private let tenants = Mutex<[String: MetricRegistry]>([:])
    private let waiters = Mutex(0)

    func answered(_ route: String, status: Int, in duration: Duration) {
        Timer(
            label: Name.requests, dimensions: [("route", route), ("status", "\(status)")],
            factory: hub
        ).note(duration)
    }

    /// `sent`: how many operations a request brought.
    func took(_ answer: IntakeAnswer, sent: Int, tenant: String) {
        let refused = answer.verdicts.count
        let counts = [
            ("taken", answer.taken), ("refused", refused),
            ("duplicate", max(0, sent - answer.taken)),
        ]
        for (result, count) in counts where count > 0 {
            Counter(
                label: Name.operations, dimensions: [("result", result)],
                factory: registry(of: tenant)
            ).increment(by: count)
        }
    }

    func waiting<T>(_ wait: () async throws -> T) async rethrows -> T {
        waiters.withLock { $0 += 1 }
        defer { waiters.withLock { $0 -= 1 } }
        return try await wait()
    }

    func text(of tenant: String, _ samples: [MetricSample]) -> String {
        var own = [MetricSample(Name.waiters, Double(waiters.withLock { $0 }))]
        if let bytes = ProcessMemory.residentBytes {
            own.append(MetricSample(Name.memory, Double(bytes)))
        }
        return hub.text(own) + registry(of: tenant).text(samples)
    }

    private func registry(of tenant: String) -> MetricRegistry {
        tenants.withLock { tenants in
            if let known = tenants[tenant] { return known }
            let fresh = MetricRegistry(HubMetrics.tenantFamilies)
            tenants[tenant] = fresh
            return fresh
        }
    }
}

extension HubMetrics {
    enum Name {
        static let requests = "scanstation_hub_request_seconds"
        static let waiters = "scanstation_hub_feed_waiters"
        static let memory = "scanstation_hub_process_resident_bytes"
        static let operations = "scanstation_hub_operations_total"
        static let conflicts = "scanstation_hub_conflicts"
        static let stations = "scanstation_hub_stations"
        static let position = "scanstation_hub_feed_position"
        static let sinkLag = "scanstation_hub_sink_lag_operations"
        static let sinkAge = "scanstation_hub_sink_lag_seconds"
        static let sinkAttempts = "scanstation_hub_sink_failed_attempts"
        static let sinkParked = "scanstation_hub_sink_parked_operations"
    }

    static let families = [
        MetricFamily(
            Name.requests, .histogram(MetricFamily.latencyBuckets + [30]),
            labels: ["route", "status"],
            help: "How long requests took; the feed waits for news by design."),
        MetricFamily(Name.waiters, .gauge, help: "Requests that wait for news of the feed."),
        MetricFamily(Name.memory, .gauge, help: "Memory of the hub."),
    ]

    static let tenantFamilies = [
        MetricFamily(
            Name.operations, .counter, labels: ["result"],
            help:
                "Operations that stations sent: new ones, refused ones, and those that were here already."
        ),
        MetricFamily(Name.conflicts, .gauge, help: "Conflicts that nobody has settled."),
        MetricFamily(
            Name.stations, .gauge, labels: ["state"],
            help: "Stations: seen in the last five minutes, silent, revoked."),
        MetricFamily(Name.position, .gauge, help: "The end of the feed."),
        MetricFamily(
            Name.sinkLag, .gauge, labels: ["sink", "state"],
            help: "Operations that a sink has not been sent."),
        MetricFamily(
            Name.sinkAge, .gauge, labels: ["sink"],
            help: "How long ago the first of them happened."),
        MetricFamily(
            Name.sinkAttempts, .gauge, labels: ["sink"],
            help: "Failures of a sink since its last success."),
        MetricFamily(
            Name.sinkParked, .gauge, labels: ["sink"],
            help: "Operations that a sink refused and that were set aside."),
    ]
}
