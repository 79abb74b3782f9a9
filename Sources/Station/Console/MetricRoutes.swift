import Devices
import HTTPTypes
import Hummingbird
import LocalAPI
import Measuring
import NIOCore
import StationStorage
import Syncing

/// `GET /metrics`: counts and states, for Prometheus.
struct MetricRoutes: Sendable {
    let context: ConsoleContext

    func add(to router: Router<BasicRequestContext>) {
        router.get("metrics") { _, _ in try await page() }
    }

    private func page() async throws -> Response {
        let (depth, enrolment) = try await context.store.read {
            (try $0.outboxDepth(), try $0.enrolment())
        }
        let link = LinkReport(context.link.current, enrolment)
        let devices = await context.devices.statuses().map(DeviceReport.init)
        let samples =
            own + samples(of: depth) + samples(of: link) + devices.flatMap(samples(of:))
        return Response(
            status: .ok,
            headers: [.contentType: PrometheusText.mediaType, .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: context.metrics.text(samples))))
    }

    private typealias Name = StationMetrics.Name

    private var own: [MetricSample] {
        [
            MetricSample(Name.build, 1, labels: [context.facts.version]),
            MetricSample(Name.start, Self.seconds(context.facts.started)),
            MetricSample(Name.store, Double(context.store.lengthBytes)),
            MetricSample(Name.listeners, Double(context.metrics.readers.current)),
        ] + (ProcessMemory.residentBytes.map { [MetricSample(Name.memory, Double($0))] } ?? [])
    }

    private func samples(of depth: OutboxDepth) -> [MetricSample] {
        let age = depth.oldestMicroseconds.map { max(0, context.clock() - $0) } ?? 0
        return [
            MetricSample(Name.waiting, Double(depth.waiting)),
            MetricSample(Name.oldest, Self.seconds(age)),
            MetricSample(Name.dead, Double(depth.deadLetters)),
            MetricSample(Name.held, depth.hold == nil ? 0 : 1),
        ]
            + (depth.lastAcknowledgedMicroseconds.map {
                [MetricSample(Name.acknowledged, Self.seconds($0))]
            } ?? [])
    }

    private func samples(of link: LinkReport) -> [MetricSample] {
        LinkReport.states.map { MetricSample(Name.link, $0 == link.state ? 1 : 0, labels: [$0]) }
    }

    private func samples(of device: DeviceReport) -> [MetricSample] {
        DeviceReport.states.map {
            MetricSample(
                Name.device, $0 == device.state ? 1 : 0, labels: [device.name, device.driver, $0])
        }
    }

    private static func seconds(_ microseconds: Int64) -> Double { Double(microseconds) / 1e6 }
}
