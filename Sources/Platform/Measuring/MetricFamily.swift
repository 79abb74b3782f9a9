/// What is measured under one name.
public struct MetricFamily: Sendable, Equatable {
    public enum Kind: Sendable, Equatable {
        case counter
        case gauge
        /// The upper bounds of the buckets, rising; the last, without a bound, is added.
        case histogram([Double])
    }

    /// Ends with the unit: `_seconds`, `_bytes`; of a counter with `_total`.
    public var name: String
    public var help: String
    public var kind: Kind
    public var labels: [String]

    public init(_ name: String, _ kind: Kind, labels: [String] = [], help: String) {
        self.name = name
        self.help = help
        self.kind = kind
        self.labels = labels
    }

    /// From half a millisecond to ten seconds: disks and networks.
    public static let latencyBuckets = [
        0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10,
    ]
}

/// What one series of a gauge is now.
public struct MetricSample: Sendable, Equatable {
    public var name: String
    /// In the order of the family's labels.
    public var labels: [String]
    public var value: Double

    public init(_ name: String, _ value: Double, labels: [String] = []) {
        self.name = name
        self.labels = labels
        self.value = value
    }
}
