/// The elements of one code, valid one by one, in the order of the code.
///
/// Whether they suit one another is another question, for an item may bear several codes: see
/// `associationFaults`.
public struct ElementString: Hashable, Sendable {
    /// At least one.
    public let elements: [Element]

    init(elements: [Element]) {
        self.elements = elements
    }

    /// The value of an identifier; nil when the code doesn't hold it.
    public subscript(ai: String) -> String? {
        elements.first { $0.ai == ai }?.value
    }
}

/// Takes elements as a parser finds them, and checks each.
struct ElementCollector {
    private(set) var elements: [Element] = []

    /// `locate` tells where in the text a byte of the value stands.
    mutating func add(
        _ identifier: ApplicationIdentifier, value: ArraySlice<UInt8>, locate: (Int) -> Int
    ) throws(SyntaxFault) {
        let field = Field(value)
        if let finding = identifier.finding(in: field) {
            throw SyntaxFault(
                finding, in: field, of: identifier, at: locate(finding.range.lowerBound))
        }
        let element = Element(identifier: identifier, value: field.text)
        if let earlier = elements.first(where: { $0.ai == element.ai }), earlier != element {
            throw SyntaxFault(
                .conflictingAI, at: locate(0), ai: identifier.code,
                message: "(\(identifier.code)) stands twice with different values: "
                    + "\(PlainText.quoted(earlier.value.utf8)) and "
                    + "\(PlainText.quoted(value)).")
        }
        elements.append(element)
    }
}
