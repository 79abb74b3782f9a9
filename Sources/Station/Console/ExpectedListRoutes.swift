import Batches
import Hummingbird
import LocalAPI
import Pipeline
import Replication
import Scans
import StationStorage

/// Expected lists: given, and compared with what was scanned.
struct ExpectedListRoutes: Sendable {
    static let listLimit = 200
    /// Of a list of `ExpectedList.lineLimit` lines with long names.
    static let bodyLimitBytes = 4 << 20

    let context: ConsoleContext

    func add(to router: Router<BasicRequestContext>) {
        router.group(RouterPath(APIVersion.prefix))
            .get("lists") { _, _ in try await all() }
            .post("lists") { request, _ in try await give(request) }
            .get("lists/:code") { _, context in
                try await one(try context.parameters.require("code").plainURLPart)
            }
    }

    private var current: String { context.intake.view.context.list }

    private func all() async throws -> Response {
        let given = try await context.store.read { try $0.expectedLists(limit: Self.listLimit) }
        let current = current
        return .json(ExpectedLists(lists: given.map { ExpectedListReport($0, current: current) }))
    }

    private func one(_ code: String) async throws -> Response {
        guard let report = try await known(code) else { throw ConsoleError.unknownList(code) }
        return .json(report)
    }

    /// A list with its comparison; nil: there is none of that code.
    func known(_ code: String) async throws -> ExpectedListReport? {
        let (reading, current) = (context.reading, current)
        return try await context.store.read { reader in
            try reader.expectedList(code).map { given in
                var report = ExpectedListReport(given, current: current)
                report.comparison = try reader.comparison(of: given.list, reading)
                return report
            }
        }
    }

    /// A list that takes the place of the current one is compared with at once.
    private func give(_ request: Request) async throws -> Response {
        let asked = try await request.json(
            ExpectedListRequest.self, limitBytes: Self.bodyLimitBytes)
        let list = try ExpectedList(asked)
        try list.validate()
        let (reading, time) = (context.reading, context.clock())
        try await context.store.write { transaction in
            try transaction.give(
                transaction.reader.named(list, reading), wallMicroseconds: time)
        }
        if list.code == current { _ = try await context.intake.submit(.list(list.code)) }
        return try await one(list.code)
    }
}

extension ExpectedList {
    /// Throws `ConsoleError` for a kind that there isn't; the rest is looked at by `validate`.
    init(_ request: ExpectedListRequest) throws {
        guard let kind = Kind(rawValue: request.kind ?? Kind.asn.rawValue) else {
            throw ConsoleError.parameter("kind", request.kind ?? "")
        }
        self.init(code: request.code, kind: kind, lines: request.lines.map { ExpectedLine($0) })
    }
}

extension ExpectedLine {
    fileprivate init(_ line: ExpectedListRequest.Line) {
        self.init(
            item: ItemCode(Self.unit(line.item).rawValue), lot: LotCode(line.lot ?? ""),
            quantity: line.quantity ?? 1,
            unit: Self.unit(line.unit ?? ""), place: PlaceCode(line.place ?? ""),
            name: line.name ?? "")
    }

    /// With its `00/`, or as the 18 digits of an SSCC.
    private static func unit(_ text: String) -> SerialCode {
        let whole = SerialCode("00/" + text)
        return whole.isLogisticUnit ? whole : SerialCode(text)
    }
}

extension ExpectedListReport {
    fileprivate init(_ given: GivenList, current: String) {
        self.init(
            code: given.list.code, kind: given.list.kind.rawValue,
            given: APIForm.time(given.givenMicroseconds), isCurrent: given.list.code == current,
            lineCount: given.list.lines.count,
            pieces: given.list.lines.reduce(0) { $0 + $1.quantity })
    }
}
