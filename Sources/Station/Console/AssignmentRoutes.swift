import Dialogues
import Hummingbird
import LocalAPI
import Pipeline
import Replication
import Scans
import StationStorage

/// Assignments: given, started, answered.
struct AssignmentRoutes: Sendable {
    static let listLimit = 200
    /// Of an assignment of `Assignment.lineLimit` lines with long names.
    static let bodyLimitBytes = 512 * 1024

    let context: ConsoleContext

    func add(to router: Router<BasicRequestContext>) {
        router.group(RouterPath(APIVersion.prefix))
            .get("assignments") { _, _ in try await list() }
            .post("assignments") { request, _ in try await give(request) }
            .get("assignments/current") { _, _ in
                Response.json(CurrentAssignment(assignment: current))
            }
            .post("assignments/answer") { request, _ in try await answer(request) }
            .post("assignments/pause") { request, _ in try await pause(request) }
            .get("assignments/:code") { _, context in
                try await one(try context.parameters.require("code"))
            }
            .post("assignments/:code/start") { request, context in
                try await start(request, try context.parameters.require("code"))
            }
    }

    private var current: AssignmentReport? {
        context.intake.assignment.map { AssignmentReport($0) }
    }

    private func list() async throws -> Response {
        let records = try await context.store.read { try $0.assignments(limit: Self.listLimit) }
        return .json(AssignmentList(assignments: records.map { AssignmentReport($0) }))
    }

    private func one(_ code: String) async throws -> Response {
        let code = code.plainURLPart
        guard let record = try await context.store.read({ try $0.assignment(code) }) else {
            throw ConsoleError.unknownAssignment(code)
        }
        var report = AssignmentReport(record)
        report.lines = Dialogue(record.assignment, state: record.state)?.lineReports
        return .json(report)
    }

    private func give(_ request: Request) async throws -> Response {
        let asked = try await request.json(AssignmentRequest.self, limitBytes: Self.bodyLimitBytes)
        return try await carryOut(.give(try Assignment(asked)), "")
    }

    private func start(_ request: Request, _ code: String) async throws -> Response {
        let asked = try await request.json(StartRequest.self)
        return try await carryOut(.start(code.plainURLPart), asked.operator)
    }

    private func pause(_ request: Request) async throws -> Response {
        let asked = try await request.json(StartRequest.self)
        return try await carryOut(.answer(SpokenPhrase(verb: "pause"), turn: nil), asked.operator)
    }

    private func answer(_ request: Request) async throws -> Response {
        let asked = try await request.json(AnswerRequest.self)
        guard let phrase = SpokenPhrase(asked.say) else {
            throw ConsoleError.badCommand(expected: "an answer such as confirm")
        }
        return try await carryOut(.answer(phrase.lowercased, turn: asked.turn), asked.operator)
    }

    private func carryOut(_ order: AssignmentOrder, _ operator: String?) async throws -> Response {
        let receipt = try await context.intake.submit(order, operator: context.author(`operator`))
        let feedback = receipt.feedback
        guard let sequence = receipt.sequence else {
            throw ConsoleError.notStored(code: feedback.code ?? "not-stored", feedback.message)
        }
        return .json(
            AnswerReport(
                sequence: sequence, signal: feedback.signal.rawValue, code: feedback.code,
                message: feedback.message, assignment: current))
    }
}

extension Assignment {
    /// Throws `ConsoleError` for a kind that there isn't; the rest is looked at by `validate`.
    init(_ request: AssignmentRequest) throws {
        guard let kind = Kind(rawValue: request.kind ?? Kind.pick.rawValue) else {
            throw ConsoleError.parameter("kind", request.kind ?? "")
        }
        self.init(
            code: request.code, kind: kind, order: PlaceCode(request.order ?? ""),
            lines: request.lines.map { AssignmentLine($0) })
    }
}

extension AssignmentLine {
    fileprivate init(_ line: AssignmentRequest.Line) {
        self.init(
            place: PlaceCode(line.place), check: line.check ?? "", item: ItemCode(line.item),
            lot: LotCode(line.lot ?? ""), name: line.name ?? "", quantity: line.quantity ?? 0,
            unit: line.unit ?? "", destination: PlaceCode(line.destination ?? ""),
            destinationCheck: line.destinationCheck ?? "")
    }
}
