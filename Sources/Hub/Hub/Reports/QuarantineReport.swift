public import HubStorage
import LedgerStore
import Replication
public import Reporting
import SyncProtocol

/// `GET /v1/quarantine`: operations that were refused, the newest first.
public struct QuarantineList: Codable, Sendable {
    public var operations: [QuarantineReport]
    /// The `before` of the next page. Absent on the last page.
    public var next: UInt64?

    public init(_ operations: [QuarantinedOperation], limit: Int) {
        self.operations = operations.map { QuarantineReport($0) }
        next = operations.count < limit ? nil : operations.last?.logged.standing.position
    }
}

public struct QuarantineReport: Codable, Sendable {
    public var operation: OperationEntry
    /// Why it has no effect: the same as at its station.
    public var code: String
    public var message: String
    /// The operation that took its place; absent while its station has not put it right.
    public var repairedBy: String?
    /// Whether that one only says that people at the station gave it up.
    public var isGivenUp: Bool

    public init(_ quarantined: QuarantinedOperation) {
        let logged = quarantined.logged
        operation = OperationEntry(logged.operation, standing: logged.standing)
        code = logged.refusal?.code ?? ""
        message = logged.refusal?.message ?? ""
        repairedBy = quarantined.repair?.id.description
        isGivenUp = quarantined.isGivenUp
    }
}
