import HubStorage
import Replication
import SyncProtocol

/// What became of a bundle.
public struct BundleReceipt: Codable, Sendable, Equatable {
    public var station: String
    /// In the file.
    public var operations = 0
    /// New to the hub.
    public var taken = 0
    /// Refused, now or when they first came.
    public var refused = 0
    /// Could not be taken yet: operations before them are missing.
    public var waiting = 0
    private var answer = WireOpsResponse()

    private enum CodingKeys: String, CodingKey {
        case station, operations, taken, refused, waiting
    }

    init(station: String) {
        self.station = station
    }

    mutating func note(_ runs: [Run], _ answer: IntakeAnswer) {
        for run in runs {
            let held = answer.cursors.first { $0.incarnation == run.incarnation }?.sequence ?? 0
            operations += run.operations.count
            waiting += run.operations.count { $0.operation.id.sequence > held }
        }
        taken += answer.taken
        refused += answer.verdicts.count
        let told = Set(answer.cursors.map(\.incarnation.rawValue))
        self.answer.cursors.removeAll { told.contains($0.incarnation) }
        self.answer.cursors += answer.cursors.map(\.wire)
        self.answer.verdicts += answer.verdicts.map { $0.refusal.wire(of: $0.id) }
    }

    func message(at time: Int64) -> WireOpsResponse {
        var message = answer
        message.hubTime = time
        return message
    }
}
