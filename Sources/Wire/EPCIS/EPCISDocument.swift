import FoundationEssentials
import Reporting

/// Events with what goes around them: a document that can be kept as a file or captured.
public struct EPCISDocument: Encodable, Sendable {
    /// The media type of a capture request: EPCIS 2.0, section 12.5.
    public static let mediaType = "application/ld+json"
    /// Of the standard, and of the vocabulary.
    public static let version = "2.0.0"

    public var creationDate: String
    public var events: [EPCISEvent]

    /// `created`: microseconds since 1970.
    public init(_ events: [EPCISEvent], created: Int64) {
        self.events = events
        creationDate = TimeText.utc(created)
    }

    public func encode(to encoder: any Encoder) throws {
        var document = encoder.container(keyedBy: Key.self)
        var context = document.nestedUnkeyedContainer(forKey: "@context")
        try context.encode("https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld")
        try context.encode(["scanstation": "urn:scanstation:terms:"])
        try document.encode("EPCISDocument", forKey: "type")
        try document.encode("2.0", forKey: "schemaVersion")
        try document.encode(creationDate, forKey: "creationDate")
        var body = document.nestedContainer(keyedBy: Key.self, forKey: "epcisBody")
        try body.encode(events, forKey: "eventList")
    }

    private struct Key: CodingKey, ExpressibleByStringLiteral {
        let stringValue: String
        var intValue: Int? { nil }

        init(stringLiteral: String) { stringValue = stringLiteral }
        init?(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    /// The document as JSON, its keys in a fixed order.
    public var json: [UInt8] { Self.bytes(self) }

    static func bytes(_ value: some Encodable) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Types of ours, made of texts and whole numbers, can always be written.
        return (try? encoder.encode(value)).map(Array.init) ?? []
    }
}

/// A document of any length, written piece by piece.
public struct EPCISDocumentWriter {
    private static let mark = "\"eventList\":["
    private let head: String
    private let tail: String
    private var isEmpty = true

    /// `created`: microseconds since 1970.
    public init(created: Int64) {
        let frame = String(decoding: EPCISDocument([], created: created).json, as: UTF8.self)
        let end = frame.firstRange(of: Self.mark)?.upperBound ?? frame.endIndex
        (head, tail) = (String(frame[..<end]), String(frame[end...]))
    }

    /// What comes before the first event.
    public var beginning: String { head }

    /// These events, one a line.
    public mutating func lines(_ events: [EPCISEvent]) -> String {
        events.map { event in
            defer { isEmpty = false }
            return (isEmpty ? "\n" : ",\n")
                + String(decoding: EPCISDocument.bytes(event), as: UTF8.self)
        }.joined()
    }

    /// What comes after the last one.
    public var end: String { "\n" + tail + "\n" }
}
