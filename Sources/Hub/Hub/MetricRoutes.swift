import HTTPTypes
import HubStorage
import Hummingbird
import Measuring
import NIOCore
import Replication

/// `GET /metrics`, for a Prometheus that has a token: it says whose stock is spoken of.
struct MetricRoutes: Sendable {
    private static let silentMicroseconds: Int64 = 300_000_000
    private static let conflictsLimit = 1000

    let context: HubContext

    func add(to router: Router<HubRequestContext>) {
        router.get("/metrics") { request, _ in try await page(request) }
    }

    private func page(_ request: Request) async throws -> Response {
        let name = try Caller.current.tenant
        let tenant = try context.store.tenant(name)
        let samples =
            [
                MetricSample(
                    HubMetrics.Name.conflicts,
                    Double(
                        try await tenant.conflictDetails(limit: Self.conflictsLimit).count)),
                MetricSample(HubMetrics.Name.position, Double(tenant.position)),
            ] + (try await stations(of: name)) + (try await sinks(of: tenant))
        let text = context.metrics.text(of: name, samples)
        return Response(
            status: .ok,
            headers: [.contentType: PrometheusText.mediaType, .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    private func sinks(of tenant: TenantStore) async throws -> [MetricSample] {
        let now = context.clock()
        return try await tenant.sinkStandings().flatMap { standing in
            let sink = standing.sink
            let age = standing.oldest.map { max(0, now - $0) } ?? 0
            return [
                MetricSample(
                    HubMetrics.Name.sinkLag, Double(standing.waitingCount),
                    labels: [sink.name, sink.state.rawValue]),
                MetricSample(
                    HubMetrics.Name.sinkAge, Double(age / 1_000_000), labels: [sink.name]),
                MetricSample(
                    HubMetrics.Name.sinkAttempts, Double(sink.attempts), labels: [sink.name]),
                MetricSample(
                    HubMetrics.Name.sinkParked, Double(standing.parkedCount), labels: [sink.name]),
            ]
        }
    }

    private func stations(of tenant: String) async throws -> [MetricSample] {
        let now = context.clock()
        let stations = try await context.store.registry.stations(of: tenant)
        let states = stations.map { station in
            if station.revoked != nil { return "revoked" }
            let seen = station.lastSeen?.rawValue ?? 0
            return now - seen <= Self.silentMicroseconds ? "seen" : "silent"
        }
        return ["seen", "silent", "revoked"].map { state in
            MetricSample(
                HubMetrics.Name.stations, Double(states.filter { $0 == state }.count),
                labels: [state])
        }
    }
}

/// Times every request, by the route that answered it and not by what was asked for.
struct MetricMiddleware<Context: RequestContext>: RouterMiddleware {
    let metrics: HubMetrics

    func handle(
        _ request: Request, context: Context,
        next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        let response = try await next(request, context)
        metrics.answered(
            context.endpointPath ?? "none", status: response.status.code,
            in: ContinuousClock.now - start)
        return response
    }
}
