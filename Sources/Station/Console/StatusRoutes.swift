import Devices
import Glibc
import Hummingbird
import LocalAPI
import Pipeline
import Replication
import Scans
import StationStorage
import Syncing

/// How the station fares.
struct StatusRoutes: Sendable {
    let context: ConsoleContext

    func add(to router: Router<BasicRequestContext>) {
        let prefix = RouterPath(APIVersion.prefix)
        router.get("healthz") { _, _ in Response.json(HealthReport(healthy: true)) }
        router.get("readyz") { _, _ in try await ready() }
        router.group(prefix)
            .get("status") { _, _ in try await status() }
            .get("store") { request, _ in try await store(request) }
    }

    /// The whole file is read only for who asks for that.
    private func store(_ request: Request) async throws -> Response {
        let isChecked = try request.flag("check", default: false)
        let (rows, damage) = try await context.store.read {
            (try $0.rowCounts(), isChecked ? try $0.damage() : nil)
        }
        return .json(
            StoreReport(bytes: context.store.lengthBytes, rows: rows, damage: damage))
    }

    /// Ready is who can read and write its store; a hub that is away is no reason not to scan, and
    /// is said.
    private func ready() async throws -> Response {
        let enrolment = try await context.store.read { try $0.enrolment() }
        let link = LinkReport(context.link.current, enrolment)
        return .json(ReadinessReport(healthy: true, link: link.state, code: link.code))
    }

    private func status() async throws -> Response {
        let view = context.intake.view
        let open = view.openBatch.map { BatchReport($0) }
        let (depth, enrolment, last, batch, catalogue) = try await context.store.read {
            (
                try $0.outboxDepth(), try $0.enrolment(), try $0.lastIntake(),
                try open.map($0.named), try $0.catalogueStanding()
            )
        }
        let facts = context.facts
        return .json(
            StatusReport(
                name: facts.name, version: facts.version, processID: getpid(),
                stateDirectory: facts.stateDirectory, incarnation: facts.incarnation,
                started: APIForm.time(facts.started), mode: view.mode.rawValue,
                place: view.place.rawValue, quantity: view.quantity,
                openBatch: batch,
                link: LinkReport(context.link.current, enrolment), outbox: OutboxReport(depth),
                devices: await context.devices.statuses().map(DeviceReport.init),
                lastSequence: last, catalogue: CatalogueStatus(catalogue)))
    }
}
