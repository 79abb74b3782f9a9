extension ElementString {
    /// The control character that scanners send for FNC1 between elements.
    public static let groupSeparator: Character = "\u{1D}"

    /// Reads the form inside of a code: identifiers and values end to end, with separators after
    /// values of variable length.
    ///
    /// A separator may also begin the text, end it, or follow a value of fixed length. It is GS,
    /// or `^` in a text that begins with `^`.
    public init(unbracketed text: String) throws(SyntaxFault) {
        let bytes = Array(text.utf8)
        let isCaret = bytes.first == UInt8(ascii: "^")
        let isSeparated = isCaret || bytes.first == Self.separatorByte
        try self.init(
            bytes: isSeparated ? bytes[1...] : bytes[...],
            separator: isCaret ? UInt8(ascii: "^") : Self.separatorByte)
    }

    /// `bytes` is a slice of the text that faults count in.
    init(bytes: ArraySlice<UInt8>, separator: UInt8) throws(SyntaxFault) {
        guard !bytes.isEmpty else {
            throw SyntaxFault(
                .empty, at: bytes.startIndex, message: "The code holds no data.")
        }
        var collector = ElementCollector()
        var rest = bytes
        while !rest.isEmpty {
            let identifier = try Self.identifier(beginning: rest)
            let start = rest.startIndex + identifier.code.utf8.count
            let end = Self.end(of: identifier, in: rest[start...], separator)
            try collector.add(identifier, value: rest[start..<end]) { start + $0 }
            rest = rest[end...]
            if rest.first == separator { rest = rest.dropFirst() }
        }
        self.init(elements: collector.elements)
    }

    static let separatorByte: UInt8 = 0x1D

    private static func identifier(
        beginning rest: ArraySlice<UInt8>
    ) throws(SyntaxFault) -> ApplicationIdentifier {
        if let found = ApplicationIdentifierTable.shared.identifier(beginning: rest) {
            return found
        }
        throw SyntaxFault(
            .unknownAI, at: rest.startIndex,
            message: "At \(PlainText.quoted(rest.prefix(4))) should begin an application "
                + "identifier of GS1, but there is none: the code is no GS1 code, or a separator "
                + "is missing before it.")
    }

    private static func end(
        of identifier: ApplicationIdentifier, in rest: ArraySlice<UInt8>, _ separator: UInt8
    ) -> Int {
        let longest =
            identifier.isPredefinedLength ? rest.prefix(identifier.maximumLength) : rest
        return longest.firstIndex(of: separator) ?? longest.endIndex
    }

    /// The form inside of a code: FNC1 first, then the elements, with FNC1 where one is needed.
    ///
    /// GS1's own documents write FNC1 as `^`.
    public func unbracketed(separator: Character = groupSeparator) -> String {
        var text = String(separator)
        for (index, element) in elements.enumerated() {
            text += element.ai + element.value
            if !element.identifier.isPredefinedLength && index < elements.count - 1 {
                text.append(separator)
            }
        }
        return text
    }
}
