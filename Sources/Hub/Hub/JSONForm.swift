import Foundation

/// How people and programs are answered: JSON with keys in a fixed order.
public enum JSONForm {
    public static func encode(_ value: some Encodable) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Types of ours, made of texts and whole numbers, can always be written.
        return (try? encoder.encode(value)).map(Array.init) ?? []
    }

    static func decode<T: Decodable>(_ type: T.Type, from bytes: [UInt8]) throws -> T {
        try JSONDecoder().decode(type, from: Data(bytes))
    }

    public static func text(_ value: some Encodable) -> String {
        String(decoding: encode(value), as: UTF8.self)
    }
}
