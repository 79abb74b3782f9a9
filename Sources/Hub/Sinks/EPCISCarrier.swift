import CurlHTTP
import EPCIS
import FoundationEssentials
import HubStorage
import LedgerStore
import Replication

/// Posts events to the capture interface of a repository.
///
/// Source: EPCIS 2.0, section 12.6: what a repository answers with 202 it has not looked at yet; the
/// capture job that the answer names says later whether it took it.
struct EPCISCarrier: Carrier {
    /// How long a repository may take for one document.
    static let jobPatience = Duration.seconds(60)

    let courier: HTTPCourier
    /// Holds a bearer token; nil: the repository asks for none.
    let secret: SinkSecret?
    let mapping: EPCISMapping
    /// How long between two questions about a job.
    let jobLook: Duration

    func records(
        after position: FeedPosition, limit: Int, in store: TenantStore
    ) async throws -> [SinkRecord] {
        let (page, related) = try await store.operations(
            after: position, limit: limit, with: EPCISMapping.related)
        return page.map { ranked in
            let events = mapping.events(of: ranked, related: related)
            var writer = EPCISDocumentWriter(created: ranked.standing.rank)
            return SinkRecord(
                id: ranked.operation.id, position: ranked.standing.position ?? 0,
                time: ranked.standing.rank, payload: Array(writer.lines(events).utf8))
        }
    }

    func deliver(_ records: [SinkRecord]) async throws -> Delivery {
        let batch = records.fitting(limitBytes: HTTPCourier.bodyLimitBytes)
        let spoken = batch.filter { !$0.payload.isEmpty }
        guard let last = spoken.last else { return .taken(batch.count) }
        let headers: [(String, String)]
        do throws(SinkSetupError) {
            headers = try self.headers()
        } catch {
            return .none(of: batch.count, .later(SinkFault(error)))
        }
        let trouble = try await capture(Self.document(spoken, created: last.time), headers)
        return trouble.map { .none(of: batch.count, $0) } ?? .taken(batch.count)
    }

    /// nil: the repository has it.
    private func capture(
        _ document: [UInt8], _ headers: [(String, String)]
    ) async throws -> Delivery.Trouble? {
        switch try await courier.post(document, headers) {
        case .trouble(let trouble): return trouble
        case .taken(let response):
            guard response.status == 202, let place = response.header("Location"),
                let job = Self.address(of: place, beside: courier.url)
            else { return nil }
            return try await verdict(of: job, headers)
        }
    }

    private func verdict(
        of job: String, _ headers: [(String, String)]
    ) async throws -> Delivery.Trouble? {
        var request = HTTPRequest(method: "GET", url: job)
        request.headers =
            headers.filter { $0.0 != "Content-Type" } + [
                ("Accept", "application/json")
            ]
        let end = ContinuousClock.now + Self.jobPatience
        while ContinuousClock.now < end {
            switch try await courier.send(request) {
            case .trouble(.refused), .trouble(.gone):
                // It keeps no account of its jobs: 202 is all that it says.
                return nil
            case .trouble(.later(let fault, _)) where fault.code == .wrongAddress: return nil
            case .trouble(let trouble): return trouble
            case .taken(let response):
                // A job that says nothing we know has been accepted, and that is all there is.
                guard
                    let state = try? JSONDecoder().decode(
                        CaptureJob.self, from: Data(response.body))
                else { return nil }
                if !state.running { return state.trouble(at: job) }
            }
            try await Task.sleep(for: jobLook)
        }
        return .later(SinkFault(.busy, "\(job) still runs after \(Self.jobPatience)"))
    }

    private func headers() throws(SinkSetupError) -> [(String, String)] {
        var headers = [
            ("Content-Type", EPCISDocument.mediaType),
            ("GS1-EPCIS-Version", EPCISDocument.version),
            ("GS1-CBV-Version", EPCISDocument.version),
            // All of a document or nothing of it: else nobody could tell what to send again.
            ("GS1-Capture-Error-Behaviour", "rollback"),
        ]
        if let secret { headers.append(("Authorization", "Bearer \(try secret.word())")) }
        return headers
    }

    static func document(_ records: [SinkRecord], created: Int64) -> [UInt8] {
        let writer = EPCISDocumentWriter(created: created)
        return Array(writer.beginning.utf8)
            + records.map(\.payload).joined(separator: [UInt8(ascii: ",")])
            + Array(writer.end.utf8)
    }

    /// The address of a job that the repository itself names: nobody else is asked, for our token
    /// goes with the question.
    static func address(of place: String, beside url: String) -> String? {
        guard let schemeEnd = url.firstRange(of: "://")?.upperBound else { return nil }
        let origin = url[..<(url[schemeEnd...].firstIndex { "/?".contains($0) } ?? url.endIndex)]
        if place.hasPrefix("/"), !place.hasPrefix("//") { return origin + place }
        return place.hasPrefix(origin + "/") ? place : nil
    }
}

/// `GET /capture/{captureID}`.
struct CaptureJob: Decodable {
    var running: Bool
    var success: Bool
    var errors: [Failure]?

    struct Failure: Decodable {
        var title: String?
        var detail: String?
    }

    /// nil: all was captured.
    func trouble(at job: String) -> Delivery.Trouble? {
        guard !success else { return nil }
        let said = (errors ?? []).compactMap { $0.detail ?? $0.title }.joined(separator: "; ")
        return .refused(SinkFault(.refused, "\(job): \(said)"))
    }
}
