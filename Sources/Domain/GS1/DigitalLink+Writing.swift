extension DigitalLink {
    /// The address of GS1's own resolver, which the canonical form uses.
    public static let canonicalStem = "https://id.gs1.org"

    /// Whether a text begins as the address of any link does.
    public static func isWebAddress(_ text: some StringProtocol) -> Bool {
        LinkAddress.hasScheme(text)
    }

    /// A value as it stands in the path of a link.
    public static func encoded(_ value: String) -> String { PercentEncoding.encoded(value) }

    /// Makes a link of elements: the first key among them with its qualifiers, the rest as
    /// attributes.
    public init(_ elements: ElementString) throws(SyntaxFault) {
        let parts = try Parts(elements)
        self.elements = ElementString(
            elements: [parts.key] + parts.qualifiers + parts.attributes)
    }

    /// The canonical address: digits for identifiers, qualifiers in the order of the standard,
    /// attributes in the order of their digits.
    ///
    /// `stem` is what stands before the key, without a slash at its end.
    public func address(stem: String = canonicalStem) -> String {
        // What a link holds always makes a link: `init` saw to that.
        guard let parts = try? Parts(elements) else { return stem }
        let path = ([parts.key] + parts.qualifiers).map {
            "/\($0.ai)/\(PercentEncoding.encoded($0.value))"
        }
        let query = parts.attributes.map { "\($0.ai)=\(PercentEncoding.encoded($0.value))" }
        return stem + path.joined() + (query.isEmpty ? "" : "?") + query.joined(separator: "&")
    }
}

extension DigitalLink {
    private struct Parts {
        let key: Element
        let qualifiers: [Element]
        let attributes: [Element]

        init(_ string: ElementString) throws(SyntaxFault) {
            var elements: [Element] = []
            for element in string.elements where !elements.contains(element) {
                elements.append(element)
            }
            guard let key = elements.first(where: \.identifier.isLinkKey) else {
                throw SyntaxFault(
                    .noKeyInLink, at: 0,
                    message: "A link needs a key such as a GTIN (01), and there is none.")
            }
            self.key = key
            qualifiers = Self.qualifiers(of: key, among: elements)
            attributes = elements.filter { [qualifiers] in $0 != key && !qualifiers.contains($0) }
                .sorted { $0.ai < $1.ai }
            if let odd = attributes.first(where: { !$0.identifier.isLinkAttribute }) {
                throw SyntaxFault(
                    .notALinkAttribute, at: 0, ai: odd.ai,
                    message: "(\(odd.ai)) may not stand in the query of a link, and it is no "
                        + "qualifier of (\(key.ai)).")
            }
        }

        /// Of the sequences that the standard permits the one that takes most elements.
        private static func qualifiers(of key: Element, among elements: [Element]) -> [Element] {
            let sequences = (key.identifier.qualifiers ?? []).map { sequence in
                sequence.compactMap { ai in elements.first { $0.ai == ai } }
            }
            return sequences.max { $0.count < $1.count } ?? []
        }
    }
}
