import NDEF
import TagSecurity

/// A tag in words: `ntag215:uid=04A1B2C3D4E5F6,uri=https://example.org/x`.
///
/// Kinds: `ultralight ntag213 ntag215 ntag216 classic felica type4 dna`. Keys: `uid`, `uri`, `text`,
/// `ndef` (hexadecimal), and for `dna` `key` (hexadecimal) and `base`.
public struct TagSpecification: Sendable {
    public let tag: any EmulatedTag

    public enum Failure: Error, Equatable, CustomStringConvertible {
        case unknownKind(String)
        case badUID(String, wanted: Int)
        case badValue(String)

        public var description: String {
            switch self {
            case .unknownKind(let kind): "there is no kind of tag '\(kind)'"
            case .badUID(let uid, let wanted):
                "'\(uid)' is no UID of this kind: \(wanted) bytes in hexadecimal are wanted"
            case .badValue(let text): "'\(text)' is not key=value, or not hexadecimal"
            }
        }
    }

    public init(_ text: String) throws(Failure) {
        let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
        let values = try Self.values(parts.count > 1 ? parts[1] : "")
        let kind = parts.first ?? ""
        let uid = try Self.uid(values["uid"], kind)
        let ndef = try Self.message(values)
        if let model = EmulatedType2.Model(rawValue: kind) {
            tag = EmulatedType2(model, uid: uid, ndef: ndef)
            return
        }
        switch kind {
        case "classic": tag = EmulatedClassic(uid: uid, ndef: ndef)
        case "felica": tag = EmulatedFeliCa(uid: uid, ndef: ndef)
        case "type4": tag = EmulatedType4(uid: uid, ndef: ndef)
        case "dna": tag = try Self.dna(uid, ndef, values)
        default: throw .unknownKind(kind)
        }
    }

    private static func dna(
        _ uid: [UInt8], _ ndef: [UInt8], _ values: [String: String]
    ) throws(Failure) -> any EmulatedTag {
        let digits = values["key"] ?? String(repeating: "00", count: AESKey.lengthBytes)
        guard let key = [UInt8](hexadecimal: digits).flatMap(AESKey.init) else {
            throw .badValue(digits)
        }
        let application = EmulatedDNA(uid: uid, key: key, base: values["base"] ?? "")
        return EmulatedType4(
            uid: uid, ndef: ndef, sizeBytes: 256,
            ats: [0x06, 0x77, 0x77, 0x71, 0x02, 0x80], application: application)
    }

    private static func values(_ text: String) throws(Failure) -> [String: String] {
        var values: [String: String] = [:]
        for part in text.split(separator: ",") {
            let pair = part.split(separator: "=", maxSplits: 1).map(String.init)
            guard pair.count == 2 else { throw .badValue(String(part)) }
            values[pair[0]] = pair[1]
        }
        return values
    }

    private static func uid(_ text: String?, _ kind: String) throws(Failure) -> [UInt8] {
        let wanted = kind == "classic" ? 4 : kind == "felica" ? 8 : 7
        guard let text else {
            let first: UInt8 = kind == "felica" ? 0x02 : 0x04
            return [first] + (1..<wanted).map { _ in UInt8.random(in: 1...0x7F) }
        }
        guard let uid = [UInt8](hexadecimal: text), uid.count == wanted else {
            throw .badUID(text, wanted: wanted)
        }
        return uid
    }

    private static func message(_ values: [String: String]) throws(Failure) -> [UInt8] {
        if let uri = values["uri"] { return NDEFMessage(records: [.uri(uri)]).encoded }
        if let text = values["text"] { return NDEFMessage(records: [.text(text)]).encoded }
        let digits = values["ndef"] ?? ""
        guard let bytes = [UInt8](hexadecimal: digits) else { throw .badValue(digits) }
        return bytes
    }
}
