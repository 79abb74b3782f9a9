extension ElementString {
    /// Reads the form below the bars: `(01)04006381333931(10)ABC`.
    ///
    /// A bracket that belongs to a value is written `\(`.
    public init(bracketed text: String) throws(SyntaxFault) {
        let bytes = Array(text.utf8)
        guard !bytes.isEmpty else {
            throw SyntaxFault(.empty, at: 0, message: "The code holds no data.")
        }
        var collector = ElementCollector()
        var position = 0
        while position < bytes.count {
            let identifier = try Self.identifier(in: bytes, at: &position)
            let value = Self.value(in: bytes, at: &position)
            try collector.add(identifier, value: value.bytes[...], locate: value.locate)
        }
        self.init(elements: collector.elements)
    }

    private static func identifier(
        in bytes: [UInt8], at position: inout Int
    ) throws(SyntaxFault) -> ApplicationIdentifier {
        let rest = bytes[position...]
        guard rest.first == UInt8(ascii: "("), let close = rest.firstIndex(of: UInt8(ascii: ")"))
        else {
            throw SyntaxFault(
                .malformedBrackets, at: position,
                message: "At \(PlainText.quoted(rest.prefix(6))) should stand an application "
                    + "identifier in brackets, such as (01).")
        }
        let code = bytes[position + 1..<close]
        guard let identifier = ApplicationIdentifierTable.shared.identifier(of: code) else {
            throw SyntaxFault(
                .unknownAI, at: position + 1,
                message: "\(PlainText.quoted(code)) in brackets is no application identifier "
                    + "of GS1.")
        }
        position = close + 1
        return identifier
    }

    private struct Value {
        var bytes: [UInt8] = []
        let start: Int
        /// The places in `bytes` of brackets that had a backslash.
        var escapes: [Int] = []

        func locate(_ place: Int) -> Int {
            start + place + escapes.count { $0 <= place }
        }
    }

    private static func value(in bytes: [UInt8], at position: inout Int) -> Value {
        var value = Value(start: position)
        while position < bytes.count, bytes[position] != UInt8(ascii: "(") {
            if bytes[position] == UInt8(ascii: "\\"), position + 1 < bytes.count,
                bytes[position + 1] == UInt8(ascii: "(")
            {
                value.escapes.append(value.bytes.count)
                position += 1
            }
            value.bytes.append(bytes[position])
            position += 1
        }
        return value
    }

    /// The form below the bars, with `\(` for a bracket that belongs to a value.
    public var bracketed: String {
        elements.reduce(into: "") { text, element in
            text += "(\(element.ai))"
            for character in element.value {
                if character == "(" { text.append("\\") }
                text.append(character)
            }
        }
    }
}

extension ElementString: CustomStringConvertible {
    public var description: String { bracketed }
}
