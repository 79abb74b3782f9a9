public import Replication

/// A line that is done with, and what was posted for it.
public struct FinishedLine: Sendable, Equatable {
    /// From 0.
    public var line: Int
    public var quantity: Int64
    /// What was taken in place of the ordered goods.
    public var substitute: ItemCode?
    /// Empty when nothing was taken.
    public var operations: [OperationID]
}

extension FinishedLine: Codable {
    private enum Key: String, CodingKey {
        case line, quantity, substitute, operations
    }

    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Key.self)
        line = try fields.decode(Int.self, forKey: .line)
        quantity = try fields.decode(Int64.self, forKey: .quantity)
        substitute = try fields.decodeIfPresent(ItemCode.self, forKey: .substitute)
        operations = try fields.decode([String].self, forKey: .operations).map { text in
            guard let id = OperationID(text) else {
                throw DecodingError.dataCorruptedError(
                    forKey: .operations, in: fields, debugDescription: "'\(text)' is no operation")
            }
            return id
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: Key.self)
        try fields.encode(line, forKey: .line)
        try fields.encode(quantity, forKey: .quantity)
        try fields.encodeIfPresent(substitute, forKey: .substitute)
        try fields.encode(operations.map(\.description), forKey: .operations)
    }
}
