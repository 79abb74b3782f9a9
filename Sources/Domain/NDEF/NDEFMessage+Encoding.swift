extension NDEFMessage {
    /// As it is written to a tag: short records where they fit, no chunks.
    public var encoded: [UInt8] {
        records.enumerated().flatMap { index, record in
            record.encoded(isFirst: index == 0, isLast: index == records.count - 1)
        }
    }
}

extension NDEFRecord {
    /// A URI record, its beginning shortened where the table has it.
    public static func uri(_ uri: String) -> NDEFRecord {
        NDEFRecord(
            format: .wellKnown, type: [UInt8(ascii: "U")], payload: NDEFURI.encode(uri),
            content: .uri(uri))
    }

    /// A text record in UTF-8. `language` is an ASCII tag of 1 to 63 characters.
    public static func text(_ text: String, language: String = "en") -> NDEFRecord {
        let code = Array(language.utf8.prefix(63))
        let payload = [UInt8(code.count)] + code + Array(text.utf8)
        return NDEFRecord(
            format: .wellKnown, type: [UInt8(ascii: "T")], payload: payload,
            content: .text(NDEFText(text: text, language: language)))
    }

    private init(format: TypeNameFormat, type: [UInt8], payload: [UInt8], content: Content) {
        self.format = format
        self.type = type
        id = []
        self.payload = payload
        self.content = content
    }

    fileprivate func encoded(isFirst: Bool, isLast: Bool) -> [UInt8] {
        let isShort = payload.count < 256
        var flags = format.rawValue
        if isFirst { flags |= 0x80 }
        if isLast { flags |= 0x40 }
        if isShort { flags |= 0x10 }
        if !id.isEmpty { flags |= 0x08 }
        let length =
            isShort
            ? [UInt8(payload.count)]
            : [24, 16, 8, 0].map { UInt8(payload.count >> $0 & 0xFF) }
        let idLength = id.isEmpty ? [] : [UInt8(id.count)]
        return [flags, UInt8(type.count)] + length + idLength + type + id + payload
    }
}
