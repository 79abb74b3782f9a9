import Crypto
import FoundationEssentials
import Hub
import HubStorage
import LedgerStore
import Replication
import Reporting

/// Posts operations as JSON, signed as Standard Webhooks 1.0 has it.
struct WebhookCarrier: Carrier {
    let courier: HTTPCourier
    let secret: SinkSecret
    let tenant: String

    func records(
        after position: FeedPosition, limit: Int, in store: TenantStore
    ) async throws -> [SinkRecord] {
        try await store.operations(after: position, limit: limit).map(SinkRecord.init(report:))
    }

    func deliver(_ records: [SinkRecord]) async throws -> Delivery {
        let batch = records.fitting(limitBytes: HTTPCourier.bodyLimitBytes)
        let body = Self.body(of: batch, tenant: tenant)
        let headers: [(String, String)]
        do throws(SinkSetupError) {
            let signature = WebhookSignature(
                id: Self.name(of: batch), seconds: courier.clock() / 1_000_000)
            headers = signature.headers(for: body, keys: try secret.keys())
        } catch {
            return .none(of: batch.count, .later(SinkFault(error)))
        }
        switch try await courier.post(body, headers + [("Content-Type", "application/json")]) {
        case .taken: return .taken(batch.count)
        case .trouble(let trouble): return .none(of: batch.count, trouble)
        }
    }

    /// The same operations make the same body, whenever they are sent.
    static func body(of batch: [SinkRecord], tenant: String) -> [UInt8] {
        let time = TimeText.utc(batch.last?.time ?? 0)
        let head =
            #"{"type":"operations","timestamp":""# + time + #"","data":{"tenant":""# + tenant
            + #"","operations":["#
        return Array(head.utf8) + batch.map(\.payload).joined(separator: [UInt8(ascii: ",")])
            + Array("]}}".utf8)
    }

    /// Of the operations in it: a batch that is cut otherwise has another name.
    static func name(of batch: [SinkRecord]) -> String {
        let ids = batch.map(\.id.description).joined(separator: "\n")
        let hash = SHA256.hash(data: Data(ids.utf8)).prefix(16)
        return "ops_" + hash.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}

extension SinkRecord {
    /// As `GET /v1/operations` shows it.
    init(report logged: LoggedOperation) {
        self.init(
            id: logged.operation.id, position: logged.standing.position ?? 0,
            time: logged.standing.rank, payload: JSONForm.encode(OperationReport(logged)))
    }
}
