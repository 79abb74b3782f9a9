/// What the two to four digits before a value say about it: its title, form and company.
///
/// Source: GS1 General Specifications, section 3; the facts come from the GS1 Syntax Dictionary.
public struct ApplicationIdentifier: Sendable {
    /// Two to four digits: `01`.
    public let code: String
    /// The data title of the standard: `GTIN`, `NET WEIGHT (kg)`. Empty for a few.
    public let title: String
    /// Whether the identifier alone tells how long the value is, so that no FNC1 has to follow.
    public let isPredefinedLength: Bool
    /// The shortest value, in characters.
    public let minimumLength: Int
    /// The longest value, in characters.
    public let maximumLength: Int

    /// Whether it may stand in the query of a Digital Link.
    let isLinkAttribute: Bool
    let components: [Component]
    let partners: Partners
    /// For the primary key of a Digital Link: the qualifiers that may follow, in their order,
    /// by alternatives.
    let qualifiers: [[String]]?

    /// Whether it can be what a Digital Link is about.
    public var isLinkKey: Bool { qualifiers != nil }

    /// The identifier of these digits; nil when GS1 has assigned none.
    public init?(code: some StringProtocol) {
        let bytes = Array(code.utf8)
        guard let identifier = ApplicationIdentifierTable.shared.identifier(of: bytes[...])
        else { return nil }
        self = identifier
    }

    init(code: String, row: ApplicationIdentifierTable.Row) {
        self.code = code
        title = row.title
        isPredefinedLength = row.flags.contains("*")
        isLinkAttribute = row.flags.contains("?")
        components = row.components
        minimumLength = components.filter { !$0.isOptional }.reduce(0) { $0 + $1.minimum }
        maximumLength = components.reduce(0) { $0 + $1.maximum }
        partners = row.partners
        qualifiers = row.qualifiers
    }
}

/// A stretch of a value with one character set and checks of its own.
struct Component: Sendable {
    let repertoire: Repertoire
    let minimum: Int
    let maximum: Int
    let isOptional: Bool
    let linters: [Linter]
}

/// Which other identifiers must or mustn't mark the same thing.
struct Partners: Sendable {
    /// Identifiers with `n` for any digit: `310n`.
    typealias Pattern = String

    /// Of each demand at least one alternative must be there, all of it.
    var demands: [[[Pattern]]] = []
    var excluded: [Pattern] = []
}

extension ApplicationIdentifier {
    /// What is wrong with a value; nil when nothing is.
    func finding(in value: Field) -> Finding? {
        var position = 0
        for component in components {
            let left = value.count - position
            if left == 0 && component.isOptional { break }
            guard left >= component.minimum else {
                return Finding(.aiDataTooShort, at: 0..<value.count)
            }
            let length = min(left, component.maximum)
            let field = value[position..<position + length]
            if let finding = component.finding(in: field) { return finding.moved(by: position) }
            position += length
        }
        if position < value.count {
            return Finding(.aiDataTooLong, at: position..<value.count)
        }
        return nil
    }
}

extension Component {
    fileprivate func finding(in field: Field) -> Finding? {
        if let finding = repertoire.finding(in: field) { return finding }
        for linter in linters {
            if let finding = linter.finding(in: field) { return finding }
        }
        return nil
    }
}
