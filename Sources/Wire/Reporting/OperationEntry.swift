public import Replication

/// One operation, for people: who, when, where, what.
public struct OperationEntry: Codable, Sendable, Equatable {
    /// A station's clock may be off by so much before both times are shown.
    private static let clockPatienceMicroseconds: Int64 = 1_000_000

    /// `a1b2c3d4e5f60718:42`
    public var id: String
    public var station: String
    public var device: String?
    public var `operator`: String?
    /// As the station said.
    public var time: String
    /// As the hub estimates; absent where it agrees, or has not yet heard of the operation.
    public var estimatedTime: String?
    public var content: OperationContent
    /// What happened, in words.
    public var sentence: String
    /// The refused operation that it takes the place of.
    public var amends: String?

    public init(_ operation: Operation, standing: Standing) {
        id = operation.id.description
        station = operation.station.rawValue
        device = operation.device.isEmpty ? nil : operation.device
        self.operator = operation.operator.isEmpty ? nil : operation.operator
        time = TimeText.utc(operation.clock.rawValue)
        content = OperationContent(operation.kind)
        sentence = content.sentence
        amends = operation.amends?.description
        let difference = standing.rank.subtractingReportingOverflow(operation.clock.rawValue)
        if standing.position != nil,
            difference.overflow
                || difference.partialValue.magnitude >= Self.clockPatienceMicroseconds.magnitude
        {
            estimatedTime = TimeText.utc(standing.rank)
        }
    }
}

extension OperationEntry {
    /// `st-1, anna, 2026-11-24T16:00:00.123Z (estimated 16:03)`
    public var byline: String {
        let said = estimatedTime.map { "\(time) by its clock, estimated \($0)" } ?? time
        return ([station] + [self.operator, device].compactMap { $0 } + [said])
            .joined(separator: ", ")
    }
}
