import Barcodes

/// A code parted into its AIM identifier and its text.
struct ReadCode {
    let text: String
    /// As it came, known or not; empty when none did.
    let aim: String
    let identifier: AIMIdentifier?

    /// nil when the rules demand an identifier and there is none.
    init?(_ text: String, deviceAIM: String?, handling: InterpretationRules.AIMHandling) {
        if let deviceAIM, AIMIdentifier.hasForm(deviceAIM.utf8) {
            (self.text, aim, identifier) = (text, deviceAIM, AIMIdentifier(deviceAIM))
            return
        }
        let length = AIMIdentifier.lengthBytes
        let beginning = String(decoding: text.utf8.prefix(length), as: UTF8.self)
        let isIdentifier =
            switch handling {
            case .auto: AIMIdentifier(beginning) != nil
            case .always: AIMIdentifier.hasForm(beginning.utf8)
            case .never: false
            }
        if isIdentifier {
            self.text = String(decoding: text.utf8.dropFirst(length), as: UTF8.self)
            (aim, identifier) = (beginning, AIMIdentifier(beginning))
        } else if handling == .always, !text.isEmpty {
            return nil
        } else {
            (self.text, aim, identifier) = (text, "", nil)
        }
    }

    func scan(_ meaning: Meaning) -> Scan {
        Scan(text: text, symbology: symbology, aim: aim, meaning: meaning)
    }

    var symbology: Symbology? { identifier?.symbology(of: text) }

    /// Whether nothing of it can be seen: an item by such a name could not be told from none.
    var isBlank: Bool {
        text.unicodeScalars.allSatisfy { scalar in
            scalar.properties.isWhitespace || scalar == "\u{1D}"
                || scalar.properties.isDefaultIgnorableCodePoint
        }
    }
}

extension ReadCode {
    /// The GTIN that the code carries, if it does.
    ///
    /// EAN and UPC must carry one. Any other code of 8, 12, 13 or 14 digits counts as one when
    /// its check digit is right, whether or not the scanner names the symbology: the same label
    /// must mean the same item at every scanner.
    func gtin() throws(Rejection) -> GTIN? {
        switch identifier?.description {
        case "]E0": try required(baseLength: text.utf8.count)
        case "]E3": try required(baseLength: Self.baseLengths[text.utf8.count] ?? 0)
        case "]E4": try required(baseLength: text.utf8.count == 8 ? 8 : 0)
        case "]E1", "]E2":
            throw Rejection(
                code: "add-on-only",
                message: "Only the add-on beside the code was read: scan the whole code.",
                text: PrintableText(text).description)
        // The scanner says that it checked this one, so a wrong digit is a wrong reading.
        case "]I1" where text.utf8.count == 14: try required(baseLength: 14)
        default: identifier?.isGS1 == true ? nil : GTIN(text)
        }
    }

    /// The digits before an add-on of 2 or 5: EAN-13, UPC-A and UPC-E with each.
    private static let baseLengths = [15: 13, 18: 13, 14: 12, 17: 12, 10: 8]

    private func required(baseLength: Int) throws(Rejection) -> GTIN {
        let base = String(decoding: text.utf8.prefix(baseLength), as: UTF8.self)
        let isUPCE = symbology == .upcE || (identifier?.description == "]E3" && baseLength == 8)
        let gtin = isUPCE ? GTIN(upcE: base) : GTIN(base)
        guard let gtin, text.isASCIIDigits else {
            throw Rejection(
                code: "check-digit", message: checkDigitMessage,
                text: PrintableText(text).description)
        }
        return gtin
    }

    private var checkDigitMessage: String {
        let name = symbology?.rawValue ?? "code"
        return "The check digit of this \(name) is wrong or missing: scan it again, "
            + "and let the scanner send check digits."
    }
}
