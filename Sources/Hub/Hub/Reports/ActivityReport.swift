public import Accounts
import Replication

/// `GET /v1/activity`: what people did, the newest first.
public struct ActivityList: Codable, Sendable {
    public var activities: [ActivityReport]
    /// The `before` of the next page. Absent on the last page.
    public var next: Int64?

    init(_ entries: [Activity], limit: Int) {
        activities = entries.map { ActivityReport($0) }
        next = entries.count < limit ? nil : entries.last?.number
    }
}

public struct ActivityReport: Codable, Sendable {
    public var number: Int64
    public var time: String
    public var who: String
    /// Absent: a shell of the hub's machine.
    public var address: String?
    public var kind: String
    public var detail: String

    public init(_ entry: Activity) {
        number = entry.number
        time = HybridTime(rawValue: entry.time).text
        who = entry.who
        address = entry.address.isEmpty ? nil : entry.address
        kind = entry.kind.rawValue
        detail = entry.detail
    }
}
