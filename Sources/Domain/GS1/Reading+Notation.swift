extension Reading {
    /// The carrier and its data as GS1's own software writes them: `QR|^01...`, or `EAN8|02345673`
    /// with `|^...` for a composite component.
    ///
    /// Data without a carrier has no name in front.
    public var notation: String {
        let parts = [carrier?.rawValue, data, composite?.unbracketed(separator: "^")]
        return parts.compactMap { $0 }.joined(separator: "|")
    }

    /// What a scanner sends for such a code, with its AIM identifier; nil without a carrier.
    public var scan: String? {
        guard let carrier else { return nil }
        let upper = composite?.unbracketed().dropFirst() ?? ""
        switch carrier.family {
        case .number:
            let number = carrier.elementsIdentifier + paddedNumber(for: carrier)
            return upper.isEmpty ? number : number + "|]e0" + upper
        case .dataBar, .elements:
            if upper.isEmpty { return carrier.elementsIdentifier + sentElements }
            return "]e0" + sentElements + (endsOpen ? "\u{1D}" : "") + upper
        case .matrix:
            if case .elements = content { return carrier.elementsIdentifier + sentElements }
            return carrier.textIdentifier.map { $0 + unescaped }
        }
    }

    /// UPC is sent as an EAN-13 that begins with zero.
    private func paddedNumber(for carrier: Carrier) -> String {
        [.upcA, .upcE].contains(carrier) ? "0" + data : data
    }

    private var sentElements: String {
        String(data.dropFirst().map { $0 == "^" ? ElementString.groupSeparator : $0 })
    }

    /// Whether what follows the elements needs a separator before it.
    private var endsOpen: Bool {
        guard case .elements(let string) = content, let last = string.elements.last else {
            return false
        }
        return !last.identifier.isPredefinedLength && !data.hasSuffix("^")
    }

    private var unescaped: String {
        let begin = data.drop { $0 == "\\" }
        return data.first == "\\" && begin.first == "^" ? String(data.dropFirst()) : data
    }
}

extension Reading {
    /// Reads what `notation` writes, with a carrier.
    public init(notation text: String) throws(SyntaxFault) {
        let bar = text.firstIndex(of: "|") ?? text.endIndex
        guard let carrier = Carrier(rawValue: String(text[..<bar])), bar < text.endIndex else {
            throw SyntaxFault(
                .unsupportedCarrier, at: 0,
                message: "\(PlainText.quoted(text[..<bar].utf8)) names no carrier of GS1 data.")
        }
        let data = text[text.index(after: bar)...]
        let offset = text.utf8.distance(from: text.startIndex, to: data.startIndex)
        do throws(SyntaxFault) {
            try self.init(data: data, of: carrier)
        } catch {
            throw error.moved(by: offset)
        }
    }

    private init(data: Substring, of carrier: Carrier) throws(SyntaxFault) {
        if carrier.family == .matrix && !data.hasPrefix("^") {
            let link = LinkAddress.hasScheme(data) ? try? DigitalLink(String(data)) : nil
            // An address that is no Digital Link is ordinary text.
            let content =
                link.map { Content.link($0.elements, address: String(data)) }
                ?? .text(String(data))
            self.init(carrier: carrier, content: content, composite: nil, data: String(data))
            return
        }
        let split = data.firstRange(of: "|^")
        let linear = String(data[..<(split?.lowerBound ?? data.endIndex)])
        let upper = try split.map { (range) throws(SyntaxFault) in
            try ElementString(unbracketed: "^" + data[range.upperBound...])
        }
        let string = try Self.elements(linear, of: carrier)
        self.init(
            carrier: carrier, content: .elements(string), composite: upper,
            data: try Self.printed(string, linear, for: carrier))
    }

    private static func elements(
        _ text: String, of carrier: Carrier
    ) throws(SyntaxFault) -> ElementString {
        if text.hasPrefix("^") { return try ElementString(unbracketed: text) }
        let count: Int
        switch carrier.family {
        case .number(let digits): count = digits
        case .dataBar: count = 14
        default:
            throw SyntaxFault(
                .wrongContentForCarrier, at: 0,
                message: "A code of this kind holds application identifiers, FNC1 first.")
        }
        return ElementString(
            elements: [try NumberReader.tradeItem(Array(text.utf8)[...], digits: count)])
    }

    /// The data as the carrier holds it: some hold a number without its identifier.
    private static func printed(
        _ string: ElementString, _ text: String, for carrier: Carrier
    ) throws(SyntaxFault) -> String {
        let count: Int
        switch carrier.family {
        case .number(let digits): count = digits
        case .dataBar: count = 14
        default: return text
        }
        let value = string.elements[0].value
        guard string.elements.count == 1, string.elements[0].ai == "01",
            value.dropLast(count).allSatisfy({ $0 == "0" })
        else {
            throw SyntaxFault(
                .wrongContentForCarrier, at: 0,
                message: "A code of this kind holds a GTIN of \(count) digits and nothing else.")
        }
        return carrier.family == .dataBar ? "^01" + value : String(value.suffix(count))
    }
}
