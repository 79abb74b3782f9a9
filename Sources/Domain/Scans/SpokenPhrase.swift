import Replication

/// What somebody said, in words of no language: `undo`, `quantity 24`, `location A72`.
///
/// ```text
/// phrase = verb [SP argument]
/// ```
/// Verbs that are commands become the same `Command` as a command code, a badge or a button; the
/// others answer a question that somebody asked.
public struct SpokenPhrase: Sendable, Equatable, Hashable, CustomStringConvertible {
    /// In bytes.
    public static let lengthLimit = 200

    public var verb: String
    /// A number, digits or the code of a place; empty where the verb takes none.
    public var argument: String

    public init(verb: String, argument: String = "") {
        self.verb = verb
        self.argument = argument
    }

    /// nil: empty, too long, or with characters that nobody can say.
    public init?(_ text: String) {
        let parts = text.split(separator: " ", maxSplits: 1)
        guard text.utf8.count <= Self.lengthLimit, let verb = parts.first,
            text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F })
        else { return nil }
        self.init(verb: String(verb), argument: parts.count > 1 ? String(parts[1]) : "")
    }

    /// A place keeps its case, a verb has none.
    public var lowercased: SpokenPhrase {
        SpokenPhrase(verb: verb.lowercased(), argument: argument)
    }

    var uppercased: String {
        SpokenPhrase(verb: verb.uppercased(), argument: argument).description
    }

    public var description: String { argument.isEmpty ? verb : "\(verb) \(argument)" }

    /// nil: an answer, which means nothing while nobody has asked.
    public var command: Command? {
        switch (verb, argument) {
        case ("undo", ""): .undo
        case ("start-batch", ""): .openBatch
        case ("close-batch", ""): .closeBatch
        case ("quantity", _):
            Int64(argument).flatMap {
                (1...Command.quantityLimit).contains($0) ? .quantity($0) : nil
            }
        case ("location", _):
            PlaceCode(argument).isUsable ? .place(PlaceCode(argument)) : nil
        default: nil
        }
    }
}
