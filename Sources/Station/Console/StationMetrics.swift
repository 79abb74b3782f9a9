import CoreMetrics
import Measuring

/// What a station counts while it runs, and what it looks up when somebody asks.
///
/// No label holds anything that was scanned: devices have the names that people gave them.
public struct StationMetrics: Sendable {
    private let registry: MetricRegistry
    /// Who reads the event stream now.
    let readers = EventReaders()

    public init() {
        registry = MetricRegistry(Self.families)
    }

    /// How long a transaction of the intake took.
    public func committed(in duration: Duration) {
        Timer(label: Name.commit, factory: registry).note(duration)
    }

    /// What became of one thing that came in. `device`: nil for what people and programs say.
    public func took(from device: String?, result: String) {
        count(Name.scans, [("device", device ?? "api"), ("result", result)])
    }

    /// One request to the hub: the call's path, and how it ended.
    public func asked(_ call: String, outcome: String, in duration: Duration) {
        count(Name.requests, [("call", call), ("outcome", outcome)])
        Timer(label: Name.requestTime, dimensions: [("call", call)], factory: registry)
            .note(duration)
    }

    func cutOff() { count(Name.cutOff, []) }

    func text(_ samples: [MetricSample]) -> String { registry.text(samples) }

    private func count(_ name: String, _ labels: [(String, String)]) {
        Counter(label: name, dimensions: labels, factory: registry).increment()
    }
}

extension StationMetrics {
    enum Name {
        static let scans = "scanstation_scans_total"
        static let commit = "scanstation_intake_commit_seconds"
        static let requests = "scanstation_sync_requests_total"
        static let requestTime = "scanstation_sync_request_seconds"
        static let build = "scanstation_build_info"
        static let start = "scanstation_start_time_seconds"
        static let waiting = "scanstation_outbox_operations"
        static let oldest = "scanstation_outbox_oldest_age_seconds"
        static let dead = "scanstation_outbox_dead_letters"
        static let held = "scanstation_outbox_held"
        static let acknowledged = "scanstation_outbox_acknowledged_time_seconds"
        static let link = "scanstation_link_state"
        static let device = "scanstation_device_state"
        static let store = "scanstation_store_bytes"
        static let memory = "scanstation_process_resident_bytes"
        static let listeners = "scanstation_event_listeners"
        static let cutOff = "scanstation_event_listeners_cut_off_total"
    }

    static let families = [
        MetricFamily(
            Name.scans, .counter, labels: ["device", "result"],
            help: "What came in, by the device that read it and what the operator was told."),
        MetricFamily(
            Name.commit, .histogram(MetricFamily.latencyBuckets),
            help: "How long transactions of the intake took until they were durable."),
        MetricFamily(
            Name.requests, .counter, labels: ["call", "outcome"],
            help: "Requests to the hub, by path and how they ended."),
        MetricFamily(
            Name.requestTime, .histogram(MetricFamily.latencyBuckets + [30]), labels: ["call"],
            help: "How long requests to the hub took; the feed waits at the hub by design."),
        MetricFamily(Name.build, .gauge, labels: ["version"], help: "Always 1."),
        MetricFamily(Name.start, .gauge, help: "When the daemon started, since 1970."),
        MetricFamily(Name.waiting, .gauge, help: "Operations that the hub does not have yet."),
        MetricFamily(Name.oldest, .gauge, help: "Age of the oldest of them; 0 when none waits."),
        MetricFamily(Name.dead, .gauge, help: "Refused operations that nobody has dealt with."),
        MetricFamily(Name.held, .gauge, help: "1 while somebody holds the outbox."),
        MetricFamily(
            Name.acknowledged, .gauge,
            help: "When the hub last took something, since 1970; absent before."),
        MetricFamily(
            Name.link, .gauge, labels: ["state"], help: "1 for the state of the link to the hub."),
        MetricFamily(
            Name.device, .gauge, labels: ["device", "driver", "state"],
            help: "1 for the state of each designated device."),
        MetricFamily(Name.store, .gauge, help: "The database and its log on the disk."),
        MetricFamily(Name.memory, .gauge, help: "Memory of the daemon, without its drivers."),
        MetricFamily(Name.listeners, .gauge, help: "Readers of the event stream."),
        MetricFamily(
            Name.cutOff, .counter, help: "Readers of the event stream that took nothing for long."),
    ]
}
