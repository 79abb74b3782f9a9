/// What a workbook's XML needs read: elements, attributes and text, one after the other.
///
/// No document type and no entities but the five of XML: a workbook has none, and bombs do.
struct XMLScanner {
    enum Token: Equatable {
        case start(name: String, attributes: [String: String])
        case end(name: String)
        case text(String)
    }

    private let bytes: [UInt8]
    private var at = 0
    /// Of an element that begins and ends in one tag.
    private var pending: String?

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// nil: the end.
    mutating func next() throws(SheetError) -> Token? {
        if let name = pending {
            pending = nil
            return .end(name: name)
        }
        while at < bytes.count {
            guard bytes[at] == UInt8(ascii: "<") else { return .text(try unescaped(run())) }
            if starts("<?") {
                try skip(past: "?>")
            } else if starts("<!--") {
                try skip(past: "-->")
            } else if starts("<![CDATA[") {
                let start = at + 9
                try skip(past: "]]>")
                return .text(String(decoding: bytes[start..<(at - 3)], as: UTF8.self))
            } else if starts("<!") {
                throw .notAWorkbook("it declares a document type")
            } else {
                return try tag()
            }
        }
        return nil
    }

    private mutating func run() -> ArraySlice<UInt8> {
        let start = at
        while at < bytes.count, bytes[at] != UInt8(ascii: "<") { at += 1 }
        return bytes[start..<at]
    }

    private func starts(_ text: String) -> Bool { bytes[at...].starts(with: text.utf8) }

    private mutating func skip(past text: String) throws(SheetError) {
        let mark = Array(text.utf8)
        while at < bytes.count, !bytes[at...].starts(with: mark) { at += 1 }
        guard at < bytes.count else { throw .notAWorkbook("its XML is cut off") }
        at += mark.count
    }

    private mutating func tag() throws(SheetError) -> Token {
        let start = at + 1
        var quote: UInt8?
        while at < bytes.count, quote != nil || bytes[at] != UInt8(ascii: ">") {
            let byte = bytes[at]
            if quote == byte {
                quote = nil
            } else if quote == nil, byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                quote = byte
            }
            at += 1
        }
        guard at < bytes.count, start < at else { throw .notAWorkbook("its XML is cut off") }
        var inside = bytes[start..<at]
        at += 1
        if inside.first == UInt8(ascii: "/") {
            return .end(name: Self.local(inside.dropFirst().prefix { !Self.isSpace($0) }))
        }
        let isWhole = inside.last == UInt8(ascii: "/")
        if isWhole { inside = inside.dropLast() }
        let name = Self.local(inside.prefix { !Self.isSpace($0) })
        if isWhole { pending = name }
        return .start(name: name, attributes: try attributes(inside.drop { !Self.isSpace($0) }))
    }

    private func attributes(_ text: ArraySlice<UInt8>) throws(SheetError) -> [String: String] {
        var result: [String: String] = [:]
        var rest = text.drop(while: Self.isSpace)
        while let equals = rest.firstIndex(of: UInt8(ascii: "=")) {
            let name = rest[..<equals].prefix { !Self.isSpace($0) }
            let value = rest[(equals + 1)...].drop(while: Self.isSpace)
            guard let quote = value.first,
                let end = value.dropFirst().firstIndex(of: quote)
            else { throw .notAWorkbook("an attribute has no value") }
            result[Self.local(name)] = try unescaped(value[(value.startIndex + 1)..<end])
            rest = value[(end + 1)...].drop(while: Self.isSpace)
        }
        return result
    }

    /// Without its namespace's prefix, of which writers choose different ones.
    private static func local(_ name: some Collection<UInt8>) -> String {
        let text = String(decoding: name, as: UTF8.self)
        return text.split(separator: ":").last.map(String.init) ?? text
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
    }

    private func unescaped(_ bytes: ArraySlice<UInt8>) throws(SheetError) -> String {
        guard bytes.contains(UInt8(ascii: "&")) else {
            return String(decoding: bytes, as: UTF8.self)
        }
        var result: [UInt8] = []
        var rest = bytes
        while let start = rest.firstIndex(of: UInt8(ascii: "&")) {
            result += rest[..<start]
            guard let end = rest[start...].firstIndex(of: UInt8(ascii: ";")),
                let character = Self.character(
                    String(decoding: rest[(start + 1)..<end], as: UTF8.self))
            else { throw .notAWorkbook("it holds an entity that is not XML's own") }
            result += String(character).utf8
            rest = rest[(end + 1)...]
        }
        return String(decoding: result + rest, as: UTF8.self)
    }

    private static func character(_ name: String) -> Character? {
        switch name {
        case "amp": "&"
        case "lt": "<"
        case "gt": ">"
        case "quot": "\""
        case "apos": "'"
        default: scalar(name).map { Character($0) }
        }
    }

    private static func scalar(_ name: String) -> Unicode.Scalar? {
        guard name.first == "#" else { return nil }
        let digits = name.dropFirst()
        let value =
            digits.first == "x" ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
        return value.flatMap(Unicode.Scalar.init)
    }
}
