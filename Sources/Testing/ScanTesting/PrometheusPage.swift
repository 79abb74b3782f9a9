/// A page of metrics, read strictly: Prometheus' text format, version 0.0.4.
///
/// Every sample belongs to the family before it, which has its HELP and its TYPE; no series comes
/// twice; buckets rise and end with all that was counted.
public struct PrometheusPage {
    public struct Sample: Equatable, Sendable {
        public var name: String
        public var labels: [String: String]
        public var value: Double
    }

    public struct Fault: Error, CustomStringConvertible {
        public var description: String
    }

    /// Name and type, in their order.
    public private(set) var families: [(name: String, type: String)] = []
    public private(set) var samples: [Sample] = []
    private var helped = ""

    public init(_ text: String) throws {
        guard text.hasSuffix("\n") else { throw Fault(description: "the last line has no end") }
        for line in text.dropLast().split(separator: "\n", omittingEmptySubsequences: false) {
            try read(line)
        }
        for family in families where family.type == "histogram" { try checkBuckets(family.name) }
    }

    /// The value of a series; nil: there is none.
    public func value(_ name: String, _ labels: [String: String] = [:]) -> Double? {
        samples.first { $0.name == name && $0.labels == labels }?.value
    }

    private mutating func read(_ line: Substring) throws {
        if let match = line.wholeMatch(of: /# HELP ([a-z_]+) (.+)/) {
            helped = String(match.1)
        } else if let match = line.wholeMatch(of: /# TYPE ([a-z_]+) (counter|gauge|histogram)/) {
            guard match.1 == helped, !families.contains(where: { $0.name == match.1 }) else {
                throw Fault(description: "no HELP before, or a second: \(line)")
            }
            families.append((String(match.1), String(match.2)))
        } else {
            samples.append(try sample(line))
        }
    }

    private func sample(_ line: Substring) throws -> Sample {
        let pattern = /([a-z_]+)(?:\{(.*)\})? (\+Inf|NaN|-?[0-9.e+-]+)/
        guard let match = line.wholeMatch(of: pattern),
            let value = match.3 == "+Inf" ? .infinity : Double(match.3)
        else { throw Fault(description: "no sample: \(line)") }
        let sample = Sample(
            name: String(match.1), labels: try labels(match.2 ?? ""), value: value)
        let family = families.last
        let ends = family?.type == "histogram" ? ["_bucket", "_sum", "_count"] : [""]
        guard let family, ends.contains(where: { family.name + $0 == sample.name }) else {
            throw Fault(description: "of no family: \(line)")
        }
        guard !samples.contains(where: { $0.name == sample.name && $0.labels == sample.labels })
        else { throw Fault(description: "twice: \(line)") }
        return sample
    }

    private func labels(_ text: Substring) throws -> [String: String] {
        var rest = text
        var labels: [String: String] = [:]
        while !rest.isEmpty {
            guard
                let match = rest.prefixMatch(
                    of: /([a-z_]+)="((?:[^"\\]|\\\\|\\"|\\n)*)"(,(?=.)|$)/)
            else { throw Fault(description: "no labels: \(text)") }
            labels[String(match.1)] = String(match.2)
            rest = rest[match.range.upperBound...]
        }
        return labels
    }

    private func checkBuckets(_ name: String) throws {
        for count in samples where count.name == "\(name)_count" {
            let buckets = samples.filter { sample in
                sample.name == "\(name)_bucket"
                    && sample.labels.filter { $0.key != "le" } == count.labels
            }
            let values = buckets.map(\.value)
            guard buckets.last?.labels["le"] == "+Inf", values.last == count.value,
                values == values.sorted()
            else { throw Fault(description: "buckets of \(name) \(count.labels)") }
        }
    }
}
