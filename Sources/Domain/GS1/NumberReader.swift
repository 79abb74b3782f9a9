import Barcodes

/// Reads the digits of numbers that come without an application identifier.
enum NumberReader {
    /// The element that some bare digits stand for; nil when the text is of another form.
    ///
    /// Digits of 8, 12, 13 or 14 can only be a trade item. An SSCC of 18 digits could be the
    /// elements of another code: it is one when its check digit is right.
    ///
    /// No GTIN-8 begins with 0: GS1-8 prefixes 000 to 099 are for use inside a company. So 8 digits
    /// from 0 are a UPC-E when its check digit, which is that of the 12 digits, is right.
    static func element(digits text: String) throws(SyntaxFault) -> Element? {
        let bytes = Array(text.utf8)
        guard bytes.allSatisfy(\.isDigit) else { return nil }
        switch bytes.count {
        case 8:
            let isUPCE = bytes.first == UInt8(ascii: "0") || GTIN(text) == nil
            if isUPCE, let gtin = GTIN(upcE: text) { return element("01", gtin.digits) }
            return try tradeItem(bytes[...], digits: 8)
        case 12, 13, 14: return try tradeItem(bytes[...], digits: bytes.count)
        case SSCC.length: return SSCC(text).flatMap { element("00", $0.digits) }
        default: return nil
        }
    }

    /// The GTIN of a symbol that carries nothing else.
    static func tradeItem(
        _ bytes: ArraySlice<UInt8>, digits count: Int
    ) throws(SyntaxFault) -> Element {
        guard bytes.count == count else {
            throw SyntaxFault(
                .wrongLengthForCarrier, at: bytes.startIndex,
                message: "This kind of code has \(count) digits, but \(bytes.count) characters "
                    + "were read.")
        }
        let padding = [UInt8](repeating: UInt8(ascii: "0"), count: max(0, 14 - count))
        let value = Field((padding + bytes)[...])
        guard let identifier = ApplicationIdentifier(code: "01") else {
            preconditionFailure("the table of identifiers is built in")
        }
        if let finding = identifier.finding(in: value) {
            let place = max(0, finding.range.lowerBound - padding.count)
            throw SyntaxFault(
                finding, in: value, of: identifier, at: bytes.startIndex + place)
        }
        return Element(identifier: identifier, value: value.text)
    }

    private static func element(_ ai: String, _ value: String) -> Element? {
        ApplicationIdentifier(code: ai).map { Element(identifier: $0, value: value) }
    }
}
