import HTTPTypes
import Hummingbird
import LocalAPI
import NIOCore
import Pipeline
import Replication
import Scans
import StationStorage

/// Batches: what was scanned together, and on paper.
struct BatchRoutes: Sendable {
    static let listLimit = 200

    let context: ConsoleContext

    func add(to router: Router<BasicRequestContext>) {
        router.group(RouterPath(APIVersion.prefix))
            .get("batches") { _, _ in try await list() }
            .get("batches/current") { _, _ in Response.json(try await current()) }
            .get("batches/:code") { _, context in
                Response.json(try await report(try context.parameters.require("code").plainURLPart))
            }
            .get("batches/:code/paper") { _, context in
                try await paper(try context.parameters.require("code").plainURLPart)
            }
    }

    private func list() async throws -> Response {
        let batches = try await context.store.read { try $0.batches(limit: Self.listLimit) }
        return .json(BatchList(batches: batches.map { BatchReport($0) }))
    }

    private func current() async throws -> CurrentBatch {
        let view = context.intake.view
        let code = (view.openBatch ?? view.lastBatch)?.code.rawValue
        let list = view.context.list
        return CurrentBatch(
            mode: view.mode.rawValue, place: view.place.rawValue, profile: view.context.profile,
            units: view.context.units.map(\.rawValue), isNesting: view.context.isNesting,
            asked: view.context.asked?.text, batch: try await code.asyncMap(report),
            list: list.isEmpty
                ? nil : try await ExpectedListRoutes(context: context).known(list),
            profiles: BatchProfile.all.map(\.name))
    }

    private func report(_ text: String) async throws -> BatchReport {
        let code = BatchCode(text)
        let reading = context.reading
        let today = context.clock()
        let found = try await context.store.read { reader in
            try reader.batch(code).map { record in
                try reader.named(reader.report(on: record, reading, today: today))
            }
        }
        guard var report = found else { throw ConsoleError.noBatch(text) }
        // While it is open, the workflow has the totals.
        if let open = context.intake.view.openBatch, open.code == code {
            report.totals = BatchReport(open).totals
            report = try await context.store.read { [report] in try $0.named(report) }
        }
        return report
    }

    private func paper(_ code: String) async throws -> Response {
        let batch = try await report(code)
        let list = try await batch.list.asyncMap(ExpectedListRoutes(context: context).known)
        let paper = BatchPaper(
            batch, list ?? nil, station: context.facts.name,
            printed: APIForm.time(context.clock()))
        return Response(
            status: .ok,
            headers: [
                .contentType: "text/html; charset=utf-8", .cacheControl: "no-store",
                .contentSecurityPolicy: Self.policy, .xContentTypeOptions: "nosniff",
            ], body: ResponseBody(byteBuffer: ByteBuffer(string: paper.html)))
    }

    /// Nothing but what the page itself holds.
    private static let policy =
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'"
}

extension ConsoleContext {
    /// How lines in the log are understood now.
    var reading: BatchReading { BatchReading(rules: rules, wallMicroseconds: clock()) }
}

extension Optional {
    fileprivate func asyncMap<T>(_ body: (Wrapped) async throws -> T) async rethrows -> T? {
        if let self { try await body(self) } else { nil }
    }
}
