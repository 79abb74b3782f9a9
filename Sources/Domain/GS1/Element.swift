/// One application identifier with its value: `(10)ABC123`.
public struct Element: Sendable {
    public let identifier: ApplicationIdentifier
    public let value: String

    /// The digits of the application identifier.
    public var ai: String { identifier.code }
    /// The data title of the standard: `GTIN`.
    public var title: String { identifier.title }

    /// Checks the value: length, characters, check digit, dates and whatever the standard demands.
    public init(ai: some StringProtocol, value: String) throws(SyntaxFault) {
        guard let identifier = ApplicationIdentifier(code: ai) else {
            throw SyntaxFault(
                .unknownAI, at: 0,
                message: "(\(PlainText.quoted(ai.utf8))) is no application identifier of GS1.")
        }
        let field = Field(Array(value.utf8)[...])
        if let finding = identifier.finding(in: field) {
            throw SyntaxFault(
                finding, in: field, of: identifier, at: finding.range.lowerBound)
        }
        self.init(identifier: identifier, value: value)
    }

    init(identifier: ApplicationIdentifier, value: String) {
        self.identifier = identifier
        self.value = value
    }
}

extension Element: Hashable {
    public static func == (left: Element, right: Element) -> Bool {
        left.ai == right.ai && left.value == right.value
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(ai)
        hasher.combine(value)
    }
}

extension Element: CustomStringConvertible {
    /// As below the bars, with brackets.
    public var description: String { "(\(ai))\(value)" }
}
