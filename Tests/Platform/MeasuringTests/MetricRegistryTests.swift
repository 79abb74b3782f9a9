import CoreMetrics
import ScanTesting
import Testing

@testable import Measuring

@Suite struct MetricRegistryTests {
    static let families = [
        MetricFamily("jobs_total", .counter, labels: ["kind", "result"], help: "Jobs."),
        MetricFamily("waits_seconds", .histogram([0.1, 1]), help: "How long \\ a\nwait."),
        MetricFamily("depth", .gauge, labels: ["of"], help: "Depth."),
    ]

    @Test func itIsWrittenAsPrometheusReadsIt() {
        let registry = MetricRegistry(Self.families)
        Counter(
            label: "jobs_total", dimensions: [("result", "a\"b\\c\nd"), ("kind", "x")],
            factory: registry
        ).increment(by: 3)
        let timer = Timer(label: "waits_seconds", factory: registry)
        for milliseconds in [50, 100, 101, 5000] { timer.recordMilliseconds(milliseconds) }
        let text = registry.text([MetricSample("depth", 0.5, labels: ["x"])])
        #expect(
            text == #"""
                # HELP jobs_total Jobs.
                # TYPE jobs_total counter
                jobs_total{kind="x",result="a\"b\\c\nd"} 3
                # HELP waits_seconds How long \\ a\nwait.
                # TYPE waits_seconds histogram
                waits_seconds_bucket{le="0.1"} 2
                waits_seconds_bucket{le="1"} 3
                waits_seconds_bucket{le="+Inf"} 4
                waits_seconds_sum 5.251
                waits_seconds_count 4
                # HELP depth Depth.
                # TYPE depth gauge
                depth{of="x"} 0.5

                """#)
    }

    @Test func whatHasNoLabelsIsThereFromTheBeginning() throws {
        let page = try PrometheusPage(MetricRegistry(Self.families).text())
        #expect(page.samples.map(\.value) == [0, 0, 0, 0, 0])
    }

    /// One past the limit makes no series of its own, and nothing is lost.
    @Test func namesCannotFillTheMemory() throws {
        let registry = MetricRegistry(Self.families)
        for number in 0...MetricRegistry.seriesLimit {
            Counter(
                label: "jobs_total", dimensions: [("kind", "\(number)"), ("result", "ok")],
                factory: registry
            ).increment()
        }
        let page = try PrometheusPage(registry.text())
        let jobs = page.samples.filter { $0.name == "jobs_total" }
        #expect(jobs.count == MetricRegistry.seriesLimit + 1)
        #expect(jobs.filter { $0.labels["kind"] == "other" }.map(\.value) == [1])
    }

    @Test func resultsOfManyThreadsAddUp() async throws {
        let registry = MetricRegistry(Self.families)
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    let counter = Counter(
                        label: "jobs_total", dimensions: [("kind", "x")], factory: registry)
                    for _ in 0..<500 { counter.increment() }
                }
            }
        }
        let page = try PrometheusPage(registry.text())
        #expect(page.samples.first { $0.name == "jobs_total" }?.value == 4000)
    }

    static let wrong = [
        "a 1", "# TYPE a counter\na 1\n", "# HELP a A.\n# TYPE a counter\nb 1\n",
        "# HELP a A.\n# TYPE a counter\na{x=1} 1\n", "# HELP a A.\n# TYPE a counter\na one\n",
        "# HELP a A.\n# TYPE a counter\na 1\na 1\n", "# HELP a A.\n# TYPE a thing\na 1\n",
        "# HELP a A.\n# TYPE a histogram\na_bucket{le=\"1\"} 1\na_sum 1\na_count 1\n",
        "# HELP a A.\n# TYPE a counter\na{x=\"1\"} 1",
    ]

    /// The strict reader of these tests itself.
    @Test(arguments: wrong)
    func aWrongPageIsSeen(text: String) {
        #expect(throws: PrometheusPage.Fault.self) { try PrometheusPage(text) }
    }

    @Test func aProcessHasMemory() throws {
        #expect(try #require(ProcessMemory.residentBytes) > 1 << 20)
    }
}
