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
    /// In the order of their first lines.
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
    /// Two lots of one item are two subjects. The lot is empty when none was named.
    case item(ItemCode, lot: LotCode = "")
    case serial(SerialCode)

    /// The code, whichever it is.
    public var code: String {
        switch self {
        case .item(let item, _): item.rawValue
        case .serial(let serial): serial.rawValue
        }
    }

    /// Empty for a numbered piece, and where none was named.
    public var lot: LotCode {
        if case .item(_, let lot) = self { lot } else { "" }
    }
}

/// As a single string, because states and summaries hold many: `i` or `s` and the code, or with a
/// lot `l2:L704006381333931`, the bytes of the lot counted.
extension BatchSubject: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let subject = BatchSubject(stored: try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "a subject begins with i, l or s")
        }
        self = subject
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(stored)
    }

    /// From `stored`; nil when it is no such text.
    public init?(stored: String) {
        let code = String(decoding: stored.utf8.dropFirst(), as: UTF8.self)
        switch stored.utf8.first {
        case UInt8(ascii: "i"): self = .item(ItemCode(code))
        case UInt8(ascii: "l"): self.init(lotAndItem: code)
        case UInt8(ascii: "s"): self = .serial(SerialCode(code))
        default: return nil
        }
    }

    private init?(lotAndItem text: String) {
        let bytes = text.utf8
        guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")),
            let length = Int(text[..<colon]), length > 0
        else { return nil }
        let rest = bytes[bytes.index(after: colon)...]
        guard rest.count >= length, let lot = String(rest.prefix(length)),
            let item = String(rest.dropFirst(length))
        else { return nil }
        self = .item(ItemCode(item), lot: LotCode(lot))
    }

    /// The text that `init(stored:)` takes.
    public var stored: String {
        switch self {
        case .item(let item, ""): "i" + item.rawValue
        case .item(let item, let lot):
            "l\(lot.rawValue.utf8.count):" + lot.rawValue + item.rawValue
        case .serial(let serial): "s" + serial.rawValue
        }
    }
}
