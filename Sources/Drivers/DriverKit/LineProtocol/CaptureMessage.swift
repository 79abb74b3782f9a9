import FoundationEssentials
import LinuxIO
import Scans

/// One capture on the wire. `id` counts the captures of one process; the verdict names it.
struct CaptureMessage: Sendable, Equatable {
    var id: UInt64
    var payload: Payload
    var aim: String?
    var quality: Int?
    var time: CaptureTime?
    var trace: LineTrace?
}

extension CaptureMessage: Codable {
    private enum Key: String, CodingKey {
        case id, payload, keystrokes, spoken, badge, proven, aim, quality
        case wallMicroseconds, monotonicMicroseconds, ending, spanMicroseconds
    }

    init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Key.self)
        id = try fields.decode(UInt64.self, forKey: .id)
        if let text = try fields.decodeIfPresent(String.self, forKey: .keystrokes) {
            payload = .keystrokes(text)
        } else if let text = try fields.decodeIfPresent(String.self, forKey: .spoken) {
            guard let phrase = SpokenPhrase(text) else {
                throw DecodingError.dataCorruptedError(
                    forKey: .spoken, in: fields, debugDescription: "no phrase")
            }
            payload = .spoken(phrase)
        } else if let number = try fields.decodeIfPresent(String.self, forKey: .badge) {
            let isProven = try fields.decodeIfPresent(Bool.self, forKey: .proven) ?? false
            guard ShownBadge.isNumber(number) else {
                throw DecodingError.dataCorruptedError(
                    forKey: .badge, in: fields, debugDescription: "no number of a badge")
            }
            payload = .badge(ShownBadge(number: number, isProven: isProven))
        } else {
            payload = .code(Array(try fields.decode(Data.self, forKey: .payload)))
        }
        aim = try fields.decodeIfPresent(String.self, forKey: .aim)
        quality = try fields.decodeIfPresent(Int.self, forKey: .quality)
            .map { min(max($0, 0), 100) }
        time = try Self.time(fields)
        trace = try Self.trace(fields)
    }

    private static func time(_ fields: KeyedDecodingContainer<Key>) throws -> CaptureTime? {
        guard
            let wall = try fields.decodeIfPresent(Int64.self, forKey: .wallMicroseconds),
            let monotonic = try fields.decodeIfPresent(Int64.self, forKey: .monotonicMicroseconds)
        else { return nil }
        return CaptureTime(wallMicroseconds: wall, monotonicMicroseconds: monotonic)
    }

    private static func trace(_ fields: KeyedDecodingContainer<Key>) throws -> LineTrace? {
        guard
            let ending = try fields.decodeIfPresent(LineTrace.Ending.self, forKey: .ending)
        else { return nil }
        let span = try fields.decodeIfPresent(Int64.self, forKey: .spanMicroseconds) ?? 0
        return LineTrace(ending: ending, span: .microseconds(span))
    }

    func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: Key.self)
        try fields.encode(id, forKey: .id)
        switch payload {
        case .code(let bytes): try fields.encode(Data(bytes), forKey: .payload)
        case .keystrokes(let text): try fields.encode(text, forKey: .keystrokes)
        case .spoken(let phrase): try fields.encode(phrase.description, forKey: .spoken)
        case .badge(let badge):
            try fields.encode(badge.number, forKey: .badge)
            try fields.encode(badge.isProven, forKey: .proven)
        }
        try fields.encodeIfPresent(aim, forKey: .aim)
        try fields.encodeIfPresent(quality, forKey: .quality)
        try fields.encodeIfPresent(time?.wallMicroseconds, forKey: .wallMicroseconds)
        try fields.encodeIfPresent(time?.monotonicMicroseconds, forKey: .monotonicMicroseconds)
        try fields.encodeIfPresent(trace?.ending, forKey: .ending)
        try fields.encodeIfPresent(trace?.span.microseconds, forKey: .spanMicroseconds)
    }
}
