public import Replication

/// A batch as it stands after a step: enough for a table of batches and a live total.
public struct BatchSummary: Sendable, Equatable, Codable {
    public enum Stage: String, Sendable, Equatable, CaseIterable, Codable {
        case open, closed, cancelled
    }

    public var code: BatchCode
    public var mode: Mode
    /// Where; in move mode where from.
    public var place: PlaceCode
    /// Where the goods went; set when a move batch has closed.
    public var destination: PlaceCode?
    public var stage: Stage
    public var opened: CaptureTime
    public var lines: Int
    public var pieces: Int64
    /// In the order in which they were first scanned.
    public var totals: [BatchTotal]
}

/// How much of one item, or which numbered piece, a batch holds.
public struct BatchTotal: Sendable, Equatable, Codable {
    public var subject: BatchSubject
    public var lines: Int
    public var pieces: Int64
}

/// What a batch line is about.
public enum BatchSubject: Sendable, Equatable, Hashable {
    case item(ItemCode)
    case serial(SerialCode)

    /// The code, whichever it is.
    public var code: String {
        switch self {
        case .item(let item): item.rawValue
        case .serial(let serial): serial.rawValue
        }
    }
}

/// As two strings, the kind and the code, because states and summaries hold many.
extension BatchSubject: Codable {
    private enum Kind: String, Codable {
        case item = "i"
        case serial = "s"
    }

    public init(from decoder: any Decoder) throws {
        var container = try decoder.unkeyedContainer()
        switch try container.decode(Kind.self) {
        case .item: self = .item(try container.decode(ItemCode.self))
        case .serial: self = .serial(try container.decode(SerialCode.self))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.unkeyedContainer()
        switch self {
        case .item(let item):
            try container.encode(Kind.item)
            try container.encode(item)
        case .serial(let serial):
            try container.encode(Kind.serial)
            try container.encode(serial)
        }
    }
}
