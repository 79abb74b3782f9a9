/// What a tag holds: records, each with a type and a payload.
///
/// Source: NFC Forum, NFC Data Exchange Format 1.0. Decoding is strict: one bad record, and the
/// whole message is refused, because part of a message may say something else than the whole.
public struct NDEFMessage: Sendable, Equatable {
    public var records: [NDEFRecord]

    /// Longest payload of one record, its chunks joined, in bytes.
    public static let payloadLimit = 1 << 20

    public init(records: [NDEFRecord] = []) {
        self.records = records
    }

    /// Reads one message. No bytes at all are a message without records: an empty tag.
    public init(decoding bytes: [UInt8]) throws(NDEFFault) {
        try self.init(decoding: bytes, depth: 0)
    }

    /// `depth` counts the smart posters around this message.
    init(decoding bytes: [UInt8], depth: Int) throws(NDEFFault) {
        var reader = RecordReader(bytes)
        records = []
        while let raw = try reader.next() {
            records.append(try NDEFRecord(raw, depth: depth))
        }
    }
}

/// One record, its chunks joined.
public struct NDEFRecord: Sendable, Equatable {
    public var format: TypeNameFormat
    public var type: [UInt8]
    public var id: [UInt8]
    public var payload: [UInt8]
    public var content: Content

    /// How a record's type is to be read (TNF, NDEF 1.0 section 3.2.6).
    public enum TypeNameFormat: UInt8, Sendable {
        case empty, wellKnown, media, absoluteURI, external, unknown
    }

    /// What the payload says, where we know how to read it.
    public enum Content: Sendable, Equatable {
        case empty
        case uri(String)
        case text(NDEFText)
        case smartPoster(SmartPoster)
        /// A well-known type that we don't read.
        case wellKnown
        case media, absoluteURI, external, unknown
    }

    init(_ raw: RawRecord, depth: Int) throws(NDEFFault) {
        (format, type, id, payload) = (raw.format, raw.type, raw.id, raw.payload)
        content =
            switch raw.format {
            case .empty: .empty
            case .wellKnown: try Self.wellKnown(raw, depth: depth)
            case .media: .media
            case .absoluteURI: .absoluteURI
            case .external: .external
            case .unknown: .unknown
            }
    }

    private static func wellKnown(_ raw: RawRecord, depth: Int) throws(NDEFFault) -> Content {
        switch raw.type {
        case [UInt8(ascii: "U")]: .uri(try NDEFURI.decode(raw))
        case [UInt8(ascii: "T")]: .text(try NDEFText(raw))
        case Array("Sp".utf8): .smartPoster(try SmartPoster(raw, depth: depth))
        default: .wellKnown
        }
    }
}
