/// Prometheus' text format, version 0.0.4.
public enum PrometheusText {
    public static let mediaType = "text/plain; version=0.0.4; charset=utf-8"

    static func family(
        _ family: MetricFamily, _ series: [[String]: MetricRegistry.Value],
        _ samples: [MetricSample]
    ) -> String {
        var text = "# HELP \(family.name) \(escaped(family.help, quotes: false))\n"
        text += "# TYPE \(family.name) \(family.kind.name)\n"
        let sorted = series.sorted { $0.key.lexicographicallyPrecedes($1.key) }
        for (labels, value) in sorted {
            if case .histogram(let bounds) = family.kind {
                text += histogram(family, labels, bounds, value)
            } else {
                text += line(family.name, zip(family.labels, labels), value.number)
            }
        }
        for sample in samples {
            text += line(family.name, zip(family.labels, sample.labels), sample.value)
        }
        return text
    }

    private static func histogram(
        _ family: MetricFamily, _ labels: [String], _ bounds: [Double],
        _ value: MetricRegistry.Value
    ) -> String {
        let own = Array(zip(family.labels, labels))
        var text = ""
        var sum: UInt64 = 0
        for (bound, count) in zip(bounds + [.infinity], value.buckets) {
            sum += count
            text += line("\(family.name)_bucket", own + [("le", number(bound))], Double(sum))
        }
        return text + line("\(family.name)_sum", own, value.number)
            + line("\(family.name)_count", own, Double(value.count))
    }

    private static func line(
        _ name: String, _ labels: some Sequence<(String, String)>, _ value: Double
    ) -> String {
        let list = labels.map { "\($0)=\"\(escaped($1, quotes: true))\"" }
        return name + (list.isEmpty ? "" : "{\(list.joined(separator: ","))}")
            + " \(number(value))\n"
    }

    private static func number(_ value: Double) -> String {
        if value.isInfinite { return value > 0 ? "+Inf" : "-Inf" }
        guard !value.isNaN else { return "NaN" }
        return Int64(exactly: value).map { "\($0)" } ?? "\(value)"
    }

    private static func escaped(_ text: String, quotes: Bool) -> String {
        let escaped = text.replacing("\\", with: #"\\"#).replacing("\n", with: #"\n"#)
        return quotes ? escaped.replacing("\"", with: #"\""#) : escaped
    }
}

extension MetricFamily.Kind {
    fileprivate var name: String {
        switch self {
        case .counter: "counter"
        case .gauge: "gauge"
        case .histogram: "histogram"
        }
    }
}
