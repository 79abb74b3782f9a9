import Barcodes
import GS1

extension ReadCode {
    /// The elements of GS1 that the code holds; nil when it is none of GS1's.
    ///
    /// A code is GS1's when its AIM identifier says so, or when it is a Digital Link, in whatever
    /// symbology. Nothing is guessed of other codes, however much they look like elements.
    func elements() throws(Rejection) -> ElementString? {
        if let link = try link() { return link }
        guard let identifier, identifier.isGS1 else { return nil }
        let reading: Reading
        do throws(SyntaxFault) {
            reading = try Reading(scan: identifier.description + text)
        } catch {
            throw rejection(of: error, at: error.position - AIMIdentifier.lengthBytes)
        }
        return reading.elementString
    }

    private func link() throws(Rejection) -> ElementString? {
        guard DigitalLink.isWebAddress(text) else { return nil }
        do throws(SyntaxFault) {
            let elements = try DigitalLink(text).elements
            // What a station has no use for stays the address that it is.
            return GS1Statement(elements) == nil ? nil : elements
        } catch {
            guard error.isOfDigitalLink else { return nil }
            throw rejection(of: error, at: error.position)
        }
    }

    /// What the elements mean, if they suit one another.
    func statement(of elements: ElementString) throws(Rejection) -> GS1Statement {
        if let fault = elements.associationFaults.first(where: { !$0.lacksOnlyUnit(of: elements) })
        {
            throw rejection(fault.isMissing ? "missing-ai" : "excluded-ai", fault.message)
        }
        guard let statement = GS1Statement(elements) else {
            throw rejection(
                "no-gs1-key",
                "This code names no item, piece or place: it holds \(elements.bracketed.shown).")
        }
        return statement
    }

    private func rejection(of fault: SyntaxFault, at position: Int) -> Rejection {
        let before = String(decoding: text.utf8.prefix(max(0, position)), as: UTF8.self)
        let character = before.unicodeScalars.count + 1
        return rejection(fault.code.rawValue, "Character \(character): \(fault.message)")
    }

    private func rejection(_ code: String, _ message: String) -> Rejection {
        Rejection(
            code: code, message: PrintableText(message, limit: 400).description,
            text: PrintableText(text).description)
    }
}

extension SyntaxFault {
    /// Whether this is a Digital Link with a fault, rather than an ordinary address.
    ///
    /// Any address may have a segment such as `01`. It is a key when a value of its form follows:
    /// with a wrong check digit it is still one.
    fileprivate var isOfDigitalLink: Bool {
        switch code {
        case .incorrectCheckDigit: true
        case .notAWebAddress, .illegalURICharacter, .invalidHost, .noKeyInLink, .compressedLink,
            .malformedPercentEncoding:
            false
        default: ai.flatMap { ApplicationIdentifier(code: $0) }?.isLinkKey != true
        }
    }
}

extension AssociationFault {
    fileprivate var isMissing: Bool {
        if case .missing = kind { true } else { false }
    }

    /// On a pallet (02) and (37) tell of the content, and the SSCC may have bars of its own.
    fileprivate func lacksOnlyUnit(of elements: ElementString) -> Bool {
        guard case .missing(let alternatives) = kind else { return false }
        return alternatives.contains { group in
            group.contains("00") && group.allSatisfy { $0 == "00" || elements[$0] != nil }
        }
    }
}
