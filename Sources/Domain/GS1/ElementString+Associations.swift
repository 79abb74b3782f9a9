/// Two elements that can't mark the same thing, or one that needs another.
public struct AssociationFault: Hashable, Sendable {
    public enum Kind: Hashable, Sendable {
        /// One of these groups must be there as well. `n` stands for any digit: `310n`.
        case missing(alternatives: [[String]])
        case excluded(by: String)
    }

    public let ai: String
    public let kind: Kind

    /// A sentence for the operator.
    public var message: String {
        switch kind {
        case .missing(let alternatives):
            let groups = alternatives.map { group in
                group.map { "(\($0))" }.joined(separator: " with ")
            }
            return "(\(ai)) needs \(groups.joined(separator: " or ")) beside it."
        case .excluded(let other): return "(\(ai)) and (\(other)) can't mark the same thing."
        }
    }
}

extension ElementString {
    /// Where the elements don't suit one another.
    ///
    /// No single code can be refused for it: the standard judges all codes on one item together.
    public var associationFaults: [AssociationFault] {
        Self.associationFaults(among: elements)
    }

    /// The same over the elements of all codes that an item bears.
    public static func associationFaults(among elements: [Element]) -> [AssociationFault] {
        var faults: [AssociationFault] = []
        for element in elements {
            let partners = element.identifier.partners
            for pattern in partners.excluded {
                let other = elements.first { $0.ai != element.ai && matches($0.ai, pattern) }
                if let other {
                    faults.append(.init(ai: element.ai, kind: .excluded(by: other.ai)))
                }
            }
            for demand in partners.demands where !isMet(demand, by: elements) {
                faults.append(.init(ai: element.ai, kind: .missing(alternatives: demand)))
            }
        }
        return faults
    }

    private static func isMet(_ demand: [[String]], by elements: [Element]) -> Bool {
        demand.contains { group in
            group.allSatisfy { pattern in elements.contains { matches($0.ai, pattern) } }
        }
    }

    private static func matches(_ ai: String, _ pattern: String) -> Bool {
        ai.utf8.count == pattern.utf8.count
            && zip(ai.utf8, pattern.utf8).allSatisfy { $0 == $1 || $1 == UInt8(ascii: "n") }
    }
}
