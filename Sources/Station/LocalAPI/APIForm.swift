public import FoundationEssentials
import Reporting

/// How the local API writes its types: JSON, keys in a fixed order, nothing absent written.
public enum APIForm {
    public static func encode(_ value: some Encodable) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Types of ours, made of texts and whole numbers, can always be written.
        return (try? encoder.encode(value)).map(Array.init) ?? []
    }

    /// One line.
    public static func text(_ value: some Encodable) -> String {
        String(decoding: encode(value), as: UTF8.self)
    }

    public static func decode<T: Decodable>(_ type: T.Type, from bytes: [UInt8]) throws -> T {
        try JSONDecoder().decode(type, from: Data(bytes))
    }

    /// `2026-11-24T16:00:00.123Z`, from microseconds since 1970.
    public static func time(_ microseconds: Int64) -> String {
        TimeText.utc(microseconds)
    }

    /// Reads what `time` writes.
    public static func date(_ time: String) -> Date? {
        // A time of somebody else's is shown as it stands.
        try? Date.ISO8601FormatStyle(includingFractionalSeconds: true).parse(time)
    }
}
