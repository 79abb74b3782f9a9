/// A tag as a reader's field sees it: what it says to one frame.
///
/// Whether it is asleep, selected or gone is the chip's business (`PlacedTag`).
public protocol EmulatedTag: Sendable {
    /// Seven bytes, four of a Classic, eight (the IDm) of a FeliCa.
    var uid: [UInt8] { get }
    var technology: TagTechnology { get }
    /// The field has gone, or the tag was selected anew.
    mutating func reset()
    /// One frame without its checksum, as it goes over the air.
    mutating func answer(_ frame: [UInt8]) -> TagAnswer
    /// The same through `InDataExchange`, where the chip speaks the tag's protocol.
    mutating func exchange(_ data: [UInt8]) -> ExchangeAnswer
}

/// How a tag shows itself when it is looked for.
public enum TagTechnology: Sendable, Equatable {
    /// ISO 14443 type A: ATQA, SAK, and the ATS of those that speak layer 4.
    case a(atqa: [UInt8], sak: UInt8, ats: [UInt8])
    /// FeliCa at 212 kbit/s: PMm and system code.
    case felica(pmm: [UInt8], system: [UInt8])

    var isLayer4: Bool {
        if case .a(_, let sak, _) = self { sak & 0x20 != 0 } else { false }
    }

    var isFeliCa: Bool {
        if case .felica = self { true } else { false }
    }
}

public enum TagAnswer: Sendable, Equatable {
    case bytes([UInt8])
    /// Four bits, 1010: a write was taken.
    case acknowledge
    /// Four bits that mean no; the tag falls back and must be selected anew.
    case refusal(UInt8)
    case silence
    /// It was told to sleep.
    case halt
}

/// What the chip makes of a tag's answer: its status byte and the data.
public struct ExchangeAnswer: Sendable, Equatable {
    public var status: UInt8
    public var data: [UInt8]
    /// Whether the tag has left the selected state.
    var isDropped: Bool

    static func data(_ bytes: [UInt8]) -> ExchangeAnswer {
        ExchangeAnswer(status: 0x00, data: bytes, isDropped: false)
    }

    static func failed(_ status: UInt8, isDropped: Bool = false) -> ExchangeAnswer {
        ExchangeAnswer(status: status, data: [], isDropped: isDropped)
    }

    /// Nothing came back in time.
    static let timeout = failed(0x01)
}

extension EmulatedTag {
    public mutating func exchange(_ data: [UInt8]) -> ExchangeAnswer {
        switch answer(data) {
        case .bytes(let bytes): .data(bytes)
        case .acknowledge: .data([])
        case .refusal: .failed(0x13, isDropped: true)
        case .silence, .halt: .timeout
        }
    }
}
