import DriverKit
import Hummingbird
import LocalAPI
import Pipeline
import Replication
import Scans
import StationStorage
import SyncProtocol
import Syncing

/// What people and programs make the station do.
struct WorkRoutes: Sendable {
    /// Who read a code that no device did.
    private static let device: DeviceName = "api"
    private static let standardPrefix = InterpretationRules().commandPrefix

    let context: ConsoleContext

    func add(to router: Router<BasicRequestContext>) {
        router.group(RouterPath(APIVersion.prefix))
            .post("commands") { request, _ in try await command(request) }
            .post("scans") { request, _ in try await scan(request) }
            .post("enrol") { request, _ in try await enrol(request) }
            .post("key/rotate") { _, _ in try await rotateKey() }
            .post("sync/now") { _, _ in try await synchronise() }
    }

    private func command(_ request: Request) async throws -> Response {
        let asked = try await request.json(CommandRequest.self)
        let receipt = try await context.intake.submit(
            try parse(asked.command), operator: context.author(asked.operator))
        return .json(try report(receipt))
    }

    /// With the prefix of the station's command codes, or without.
    private func parse(_ text: String) throws -> Command {
        let own = context.rules.commandPrefix
        let grammar = CommandGrammar(prefix: own.isEmpty ? Self.standardPrefix : own)
        var parsing = grammar.parse(text)
        if parsing == .none { parsing = grammar.parse(grammar.prefix + text) }
        switch parsing {
        case .command(let command): return command
        case .malformed(let expected): throw ConsoleError.badCommand(expected: expected)
        case .none: throw ConsoleError.badCommand(expected: "a command such as BATCH:OPEN")
        }
    }

    private func scan(_ request: Request) async throws -> Response {
        let asked = try await request.json(ScanRequest.self)
        let receipt = try await context.intake.submit(
            code: asked.code, device: asked.device.map { DeviceName(rawValue: $0) } ?? Self.device,
            operator: context.author(asked.operator))
        return .json(try report(receipt))
    }

    private func report(_ receipt: IntakeReceipt) throws -> ReceiptReport {
        let feedback = receipt.feedback
        guard let sequence = receipt.sequence else {
            throw ConsoleError.notStored(code: feedback.code ?? "not-stored", feedback.message)
        }
        return ReceiptReport(
            sequence: sequence, signal: feedback.signal.rawValue, code: feedback.code,
            message: feedback.message)
    }

    private func enrol(_ request: Request) async throws -> Response {
        let asked = try await request.json(EnrolRequest.self)
        // A link holds the code and the pin as well.
        let link =
            EnrolmentLink(asked.hubURL)
            ?? EnrolmentLink(hubURL: asked.hubURL, code: asked.code, pin: asked.pin)
        let enrolment = try await context.enrolling.enrol(
            hubURL: link.hubURL, code: link.code, pin: link.pin,
            name: asked.name ?? context.facts.name)
        context.urge()
        return .json(
            EnrolReport(
                station: enrolment.station.rawValue, tenant: enrolment.tenant,
                hubURL: enrolment.hubURL, warning: HubAddress.warning(enrolment.hubURL)))
    }

    private func rotateKey() async throws -> Response {
        let enrolment = try await context.store.read { try $0.enrolment() }
        guard enrolment != nil else { throw ConsoleError.notEnrolled }
        try context.enrolling.renewKey()
        context.urge()
        return .json(LinkReport(context.link.current, enrolment))
    }

    private func synchronise() async throws -> Response {
        let enrolment = try await context.store.read { try $0.enrolment() }
        guard enrolment != nil else { throw ConsoleError.notEnrolled }
        let before = LinkReport(context.link.current, enrolment)
        context.urge()
        return .json(before)
    }
}
