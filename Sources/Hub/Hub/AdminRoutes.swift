import HubStorage
import Hummingbird
import Logging
import Replication

/// The REST calls of people and their programs that are about the hub itself.
struct AdminRoutes: Sendable {
    static let minutesLimit = 7 * 24 * 60
    static let minutesDefault = 10

    let context: HubContext

    func add(to router: Router<HubRequestContext>) {
        router.get("/healthz") { _, _ in "ok\n" }
        router.get("/readyz") { _, _ in try await ready() }
        router.get("/openapi.json") { _, _ in AdminRoutes.document }
        router.get("/v1/stations") { request, _ in try await stations(request) }
        router.post("/v1/stations/{station}/revoke") { request, parameters in
            try await revoke(request, parameters.parameters.require("station"))
        }
        router.post("/v1/enrolment-codes") { request, _ in try await makeCode(request) }
    }

    /// What there is to be called, for programs that read such things.
    private static var document: Response {
        Response(
            status: .ok, headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: PackageResources.openapi_json)))
    }

    /// Ready is who can read its database.
    private func ready() async throws -> String {
        _ = try await context.store.registry.stations(of: "ready")
        return "ready\n"
    }

    private func stations(_ request: Request) async throws -> Response {
        let tenant = try Caller.current.tenant
        let stations = try await context.store.registry.stations(of: tenant)
        let alarms = try await context.store.tenant(tenant).alarms()
        return .json(
            StationList(
                stations: stations.map { station in
                    StationReport(station, alarms: alarms.filter { $0.station == station.code })
                }))
    }

    private func revoke(_ request: Request, _ station: String) async throws -> Response {
        let tenant = try Caller.current.tenant
        try await context.store.registry.revoke(
            StationCode(station), tenant: tenant, by: Caller.current.author, now: context.clock())
        context.log.notice("station \(station) was revoked")
        return Response(status: .noContent)
    }

    private func makeCode(_ request: Request) async throws -> Response {
        let tenant = try Caller.current.tenant
        let minutes = try Query(request).number("minutes", in: 1...Self.minutesLimit)
        let code = try await context.store.registry.makeEnrolmentCode(
            tenant: tenant, minutes: minutes ?? Self.minutesDefault,
            station: Query(request).text("station").map { StationCode($0) },
            by: Caller.current.author, now: context.clock())
        let report = EnrolmentCodeReport(code, pin: context.pin, hubURL: hubURL(request))
        return .json(report, status: .created)
    }

    /// As the one who asks reaches this hub, when it is this hub that ends TLS.
    private func hubURL(_ request: Request) -> String? {
        guard context.pin != nil, let authority = request.head.authority else { return nil }
        return "https://" + authority
    }
}

extension Response {
    static func json(
        _ value: some Encodable, status: HTTPResponse.Status = .ok
    ) -> Response {
        Response(
            status: status, headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: JSONForm.encode(value))))
    }
}
