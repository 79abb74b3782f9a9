import Barcodes

/// What one scan or one typed text says in terms of GS1.
public struct Reading: Hashable, Sendable {
    /// What the data turned out to be.
    public enum Content: Hashable, Sendable {
        case elements(ElementString)
        /// A GS1 Digital Link, the address as it was read.
        case link(ElementString, address: String)
        /// Other data: a valid scan, but none of GS1's.
        case text(String)
    }

    /// The kind of symbol; nil for data that came without an AIM identifier.
    public let carrier: Carrier?
    public let content: Content
    /// The elements of the composite component above a linear symbol.
    public let composite: ElementString?
    /// The data in GS1's own notation, `^` for FNC1.
    let data: String

    /// All elements, those of a composite component last.
    public var elements: [Element] {
        switch content {
        case .elements(let string), .link(let string, _):
            string.elements + (composite?.elements ?? [])
        case .text: composite?.elements ?? []
        }
    }

    /// The elements as one; nil when there are none.
    public var elementString: ElementString? {
        elements.isEmpty ? nil : ElementString(elements: elements)
    }
}

extension Reading {
    /// Reads whatever an operator may scan or type.
    ///
    /// Scan data with an AIM identifier, `^01...^10...` or element strings with GS, `(01)...`,
    /// Digital Link addresses, and the digits of a GTIN-8, GTIN-12, GTIN-13, GTIN-14, UPC-E or
    /// SSCC.
    public init(_ text: String) throws(SyntaxFault) {
        if text.utf8.first == UInt8(ascii: "]") {
            try self.init(scan: text)
        } else if text.utf8.first == UInt8(ascii: "(") {
            try self.init(elements: ElementString(bracketed: text))
        } else if LinkAddress.hasScheme(text) {
            try self.init(link: text, carrier: nil)
        } else if let element = try NumberReader.element(digits: text) {
            self.init(elements: ElementString(elements: [element]))
        } else {
            try self.init(elements: ElementString(unbracketed: text))
        }
    }

    private init(elements: ElementString) {
        self.init(
            carrier: nil, content: .elements(elements), composite: nil,
            data: elements.unbracketed(separator: "^"))
    }

    private init(link text: String, carrier: Carrier?) throws(SyntaxFault) {
        let elements = try DigitalLink(text).elements
        self.init(
            carrier: carrier, content: .link(elements, address: text), composite: nil, data: text)
    }
}

extension Reading {
    /// Reads what a scanner sends when it says the symbology first: `]C101...`.
    ///
    /// A composite component follows its linear symbol as `|]e0...`.
    public init(scan text: String) throws(SyntaxFault) {
        let identifier = text.utf8.prefix(AIMIdentifier.lengthBytes)
        guard AIMIdentifier.hasForm(identifier) else {
            throw SyntaxFault(
                .noAIMIdentifier, at: 0,
                message: "The scan doesn't begin with an AIM identifier such as ]C1.")
        }
        let name = String(decoding: Array(identifier), as: UTF8.self)
        guard let (carrier, isGS1) = Carrier.sending(name) else {
            throw SyntaxFault(
                .unsupportedCarrier, at: 0,
                message: "A code with the AIM identifier \(name) carries no GS1 data.")
        }
        let bytes = Array(text.utf8)[AIMIdentifier.lengthBytes...]
        if case .number(let digits) = carrier.family {
            try self.init(number: bytes, digits: digits, of: carrier, hasAddOn: name == "]E3")
        } else if isGS1 {
            try self.init(elements: bytes, of: carrier)
        } else {
            self.init(text: String(decoding: bytes, as: UTF8.self), of: carrier)
        }
    }

    private init(elements bytes: ArraySlice<UInt8>, of carrier: Carrier) throws(SyntaxFault) {
        let elements = try ElementString(bytes: bytes, separator: ElementString.separatorByte)
        self.init(
            carrier: carrier, content: .elements(elements), composite: nil,
            data: Self.notation(bytes))
    }

    /// Text is never invalid. When it is a Digital Link, so much the better.
    private init(text: String, of carrier: Carrier) {
        if LinkAddress.hasScheme(text), let link = try? DigitalLink(text) {
            // Any other address is ordinary text, whatever its fault as a Digital Link.
            self.init(
                carrier: carrier, content: .link(link.elements, address: text), composite: nil,
                data: text)
        } else {
            self.init(
                carrier: carrier, content: .text(text), composite: nil, data: Self.escaped(text))
        }
    }

    private init(
        number bytes: ArraySlice<UInt8>, digits count: Int, of carrier: Carrier, hasAddOn: Bool
    ) throws(SyntaxFault) {
        let bar = bytes.firstIndex(of: UInt8(ascii: "|")) ?? bytes.endIndex
        var number = bytes[..<bar]
        // ]E3 puts the two or five digits of an add-on behind, which say nothing of the item.
        if hasAddOn, [count + 2, count + 5].contains(number.count) {
            number = number.prefix(count)
        }
        let element = try NumberReader.tradeItem(number, digits: count)
        self.init(
            carrier: carrier, content: .elements(ElementString(elements: [element])),
            composite: try Self.composite(bytes[bar...]),
            data: String(decoding: number, as: UTF8.self))
    }

    private static func composite(
        _ bytes: ArraySlice<UInt8>
    ) throws(SyntaxFault) -> ElementString? {
        if bytes.isEmpty { return nil }
        let marker = Array("|]e0".utf8)
        guard bytes.starts(with: marker) else {
            throw SyntaxFault(
                .excessData, at: bytes.startIndex,
                message: "Only a composite component may follow there, beginning with ]e0.")
        }
        return try ElementString(
            bytes: bytes.dropFirst(marker.count), separator: ElementString.separatorByte)
    }

    static func notation(_ bytes: ArraySlice<UInt8>) -> String {
        let data = bytes.map { $0 == ElementString.separatorByte ? UInt8(ascii: "^") : $0 }
        return "^" + String(decoding: data, as: UTF8.self)
    }

    /// Text that would look like elements gets a backslash.
    private static func escaped(_ text: String) -> String {
        let begin = text.drop { $0 == "\\" }
        return begin.first == "^" ? "\\" + text : text
    }
}
