public import CoreMetrics
import Synchronization

/// Counts and times what a program does, and writes it down as Prometheus reads it.
///
/// Only families that were declared can be measured. A family has at most `seriesLimit` series: what
/// would be one more is counted with all its labels `other`, so that no name can fill the memory.
public final class MetricRegistry: Sendable {
    public static let seriesLimit = 200
    static let overflow = "other"

    public let families: [MetricFamily]
    private let byName: [String: MetricFamily]
    private let values: Mutex<[String: [[String]: Value]]>

    struct Value: Equatable {
        var number = 0.0
        /// Of a histogram: how many fell into each bucket, the last without a bound.
        var buckets: [UInt64] = []

        var count: UInt64 { buckets.reduce(0, +) }
    }

    public init(_ families: [MetricFamily]) {
        self.families = families
        byName = Dictionary(families.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        // What has no labels is there from the beginning, as 0.
        let plain = families.filter { $0.labels.isEmpty && $0.kind != .gauge }
        values = Mutex(
            Dictionary(
                plain.map { ($0.name, [[]: Value(of: $0)]) },
                uniquingKeysWith: { first, _ in first }))
    }

    /// `samples`: gauges, as they stand now.
    public func text(_ samples: [MetricSample] = []) -> String {
        let values = values.withLock { $0 }
        let gauges = Dictionary(grouping: samples, by: \.name)
        return families.map { family in
            PrometheusText.family(family, values[family.name] ?? [:], gauges[family.name] ?? [])
        }.joined()
    }

    func change(_ name: String, _ labels: [String], _ body: (inout Value) -> Void) {
        guard let family = byName[name] else {
            preconditionFailure("'\(name)' was not declared")
        }
        values.withLock { values in
            var series = values[name] ?? [:]
            let isFull = series[labels] == nil && series.count >= Self.seriesLimit
            let key = isFull ? labels.map { _ in Self.overflow } : labels
            body(&series[key, default: Value(of: family)])
            values[name] = series
        }
    }

    func observe(_ name: String, _ labels: [String], _ seconds: Double) {
        guard case .histogram(let bounds) = byName[name]?.kind else {
            preconditionFailure("'\(name)' is no histogram")
        }
        let bucket = bounds.firstIndex { seconds <= $0 } ?? bounds.count
        change(name, labels) { value in
            value.number += seconds
            value.buckets[bucket] += 1
        }
    }
}

extension MetricRegistry.Value {
    init(of family: MetricFamily) {
        if case .histogram(let bounds) = family.kind {
            buckets = Array(repeating: 0, count: bounds.count + 1)
        }
    }
}

extension MetricRegistry: MetricsFactory {
    public func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        Series(registry: self, name: label, labels: ordered(dimensions, label))
    }

    public func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        Series(registry: self, name: label, labels: ordered(dimensions, label))
    }

    public func makeRecorder(
        label: String, dimensions: [(String, String)], aggregate: Bool
    ) -> any RecorderHandler {
        Series(registry: self, name: label, labels: ordered(dimensions, label))
    }

    // Series stay until the program ends: their number has a limit.
    public func destroyCounter(_ handler: any CounterHandler) {}
    public func destroyTimer(_ handler: any TimerHandler) {}
    public func destroyRecorder(_ handler: any RecorderHandler) {}

    private func ordered(_ dimensions: [(String, String)], _ name: String) -> [String] {
        (byName[name]?.labels ?? []).map { label in
            dimensions.first { $0.0 == label }?.1 ?? ""
        }
    }
}

/// One series, as the metrics API speaks of it.
private final class Series: CounterHandler, TimerHandler, RecorderHandler {
    private let registry: MetricRegistry
    private let name: String
    private let labels: [String]

    init(registry: MetricRegistry, name: String, labels: [String]) {
        self.registry = registry
        self.name = name
        self.labels = labels
    }

    func increment(by amount: Int64) {
        registry.change(name, labels) { $0.number += Double(amount) }
    }

    func reset() { registry.change(name, labels) { $0.number = 0 } }

    func recordNanoseconds(_ duration: Int64) {
        registry.observe(name, labels, Double(duration) / 1e9)
    }

    func record(_ value: Int64) { record(Double(value)) }

    func record(_ value: Double) { registry.observe(name, labels, value) }
}
