/// The payload of a text record (NFC Forum, Text Record Type Definition 1.0).
public struct NDEFText: Sendable, Equatable {
    public enum Encoding: String, Sendable {
        case utf8 = "UTF-8"
        case utf16 = "UTF-16"
    }

    public var text: String
    /// `en`, `de-CH`: as the tag has it.
    public var language: String
    public var encoding: Encoding

    init(text: String, language: String) {
        self.text = text
        self.language = language
        encoding = .utf8
    }

    init(_ record: RawRecord) throws(NDEFFault) {
        guard let status = record.payload.first else {
            throw NDEFFault(.text, at: record.offset, "The text record has no payload.")
        }
        let length = Int(status & 0x3F)
        guard length > 0, length < record.payload.count else {
            throw NDEFFault(
                .text, at: record.offset, "The language code is missing or longer than the text.")
        }
        encoding = status & 0x80 == 0 ? .utf8 : .utf16
        language = String(latin1: record.payload[1...length])
        let bytes = record.payload[(length + 1)...]
        guard let text = Self.decode(bytes, encoding) else {
            throw NDEFFault(.text, at: record.offset, "The text is not \(encoding.rawValue).")
        }
        self.text = text
    }

    private static func decode(_ bytes: ArraySlice<UInt8>, _ encoding: Encoding) -> String? {
        encoding == .utf8 ? String(validating: bytes, as: UTF8.self) : utf16(bytes)
    }

    /// Big endian unless a byte order mark says otherwise (section 3.4 there).
    private static func utf16(_ bytes: ArraySlice<UInt8>) -> String? {
        guard bytes.count.isMultiple(of: 2) else { return nil }
        var units = stride(from: bytes.startIndex, to: bytes.endIndex, by: 2).map {
            UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1])
        }
        if units.first == 0xFFFE { units = units.map(\.byteSwapped) }
        if units.first == 0xFEFF { units.removeFirst() }
        return String(validating: units, as: UTF16.self)
    }
}

extension String {
    /// Each byte is the character of that number: what NDEF types and ids are shown as.
    public init(latin1 bytes: some Sequence<UInt8>) {
        self.init(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
    }
}
