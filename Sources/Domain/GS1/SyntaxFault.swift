/// Why a text is no valid GS1 data.
public struct SyntaxFault: Error, Hashable, Sendable {
    public let code: FaultCode
    /// Where the fault begins: bytes of UTF-8 from the beginning of the text that was given.
    public let position: Int
    /// The application identifier whose value is at fault, if it is one's.
    public let ai: String?
    /// A sentence for the operator.
    public let message: String

    init(_ code: FaultCode, at position: Int, ai: String? = nil, message: String) {
        self.code = code
        self.position = position
        self.ai = ai
        self.message = message
    }

    /// A fault of one value.
    init(
        _ finding: Finding, in value: Field, of identifier: ApplicationIdentifier,
        at position: Int
    ) {
        self.init(
            finding.code, at: position, ai: identifier.code,
            message: FaultSentence(finding: finding, value: value, identifier: identifier).text)
    }

    /// The same fault in a text that has more in front.
    func moved(by offset: Int) -> SyntaxFault {
        SyntaxFault(code, at: position + offset, ai: ai, message: message)
    }
}

extension SyntaxFault: CustomStringConvertible {
    public var description: String { "\(code.rawValue) at \(position): \(message)" }
}
