public import HubStorage
import OperatorGrants
import Replication

/// An operator, without anything that is secret.
public struct OperatorReport: Codable, Sendable {
    public var name: String
    public var role: String
    /// What kinds of badges they wear: `dna`, `uid`, `code`.
    public var badges: [String]
    /// How long a station that hears nothing lets them in.
    public var days: Int
    public var created: String
    public var revoked: String?

    public init(_ record: OperatorRecord) {
        name = record.name
        role = record.role.rawValue
        badges = record.badges.map(\.kind.rawValue).sorted()
        days = record.days
        created = HybridTime(rawValue: record.created).text
        revoked = record.revoked.map { HybridTime(rawValue: $0).text }
    }
}
