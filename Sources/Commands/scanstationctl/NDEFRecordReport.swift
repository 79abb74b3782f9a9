import NDEF

/// One record as `decode ndef` shows it: ids and types as Latin 1, the payload in hexadecimal.
struct NDEFRecordReport: Encodable {
    var tnf: Int
    var type: String
    var id: String
    var payload: String
    var kind: String
    var uri: String?
    var text: String?
    var lang: String?
    var encoding: String?
    var poster: Poster?

    struct Poster {
        var titles: [String: String]
        var action: String?
        var records: [NDEFRecordReport]
    }

    init(_ record: NDEFRecord) {
        tnf = Int(record.format.rawValue)
        type = String(latin1: record.type)
        id = String(latin1: record.id)
        payload = record.payload.map(Self.hexadecimal).joined()
        kind = ""
        switch record.content {
        case .empty: kind = "empty"
        case .uri(let uri): (kind, self.uri) = ("uri", uri)
        case .text(let text): fill(text)
        case .smartPoster(let poster): fill(poster)
        case .wellKnown: kind = "well-known"
        case .media: kind = "mime"
        case .absoluteURI: kind = "absolute-uri"
        case .external: kind = "external"
        case .unknown: kind = "unknown"
        }
    }

    /// The most telling part, for a table.
    var summary: String { uri ?? text ?? payload }

    private mutating func fill(_ text: NDEFText) {
        kind = "text"
        (self.text, lang, encoding) = (text.text, text.language, text.encoding.rawValue)
    }

    private mutating func fill(_ poster: SmartPoster) {
        (kind, uri) = ("smartposter", poster.uri)
        self.poster = Poster(
            titles: Dictionary(
                poster.titles.map { ($0.language, $0.text) }, uniquingKeysWith: { $1 }),
            action: poster.action.map { Self.names[Int($0.rawValue)] },
            records: poster.records.map(NDEFRecordReport.init))
    }

    private static let names = ["exec", "save", "edit"]

    private static func hexadecimal(_ byte: UInt8) -> String {
        (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }

    private enum Key: String, CodingKey {
        case tnf, type, id, payload, kind, uri, text, lang, encoding, titles, action, records
    }

    /// A smart poster's action stands there even when it has none.
    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(tnf, forKey: .tnf)
        try container.encode(type, forKey: .type)
        try container.encode(id, forKey: .id)
        try container.encode(payload, forKey: .payload)
        try container.encode(kind, forKey: .kind)
        try container.encodeIfPresent(uri, forKey: .uri)
        try container.encodeIfPresent(text, forKey: .text)
        try container.encodeIfPresent(lang, forKey: .lang)
        try container.encodeIfPresent(encoding, forKey: .encoding)
        guard let poster else { return }
        try container.encode(poster.titles, forKey: .titles)
        try container.encode(poster.action, forKey: .action)
        try container.encode(poster.records, forKey: .records)
    }
}
