/// One thing that a person should decide: who said what, and what can be done.
public struct ConflictEntry: Codable, Sendable, Equatable {
    /// Stands for what is in conflict and for what was said of it: when that changes, so does it.
    public var id: String
    public var kind: Kind
    /// What is the matter, in words.
    public var sentence: String
    /// What holds until somebody decides.
    public var value: String
    public var item: String?
    public var place: String?
    public var lot: String?
    public var serial: String?
    public var field: String?
    public var orderLine: String?
    /// Who believed what; at most so many as `candidatesLimit`.
    public var candidates: [Candidate]
    public var choices: [Choice]
    /// Whether a counted quantity settles it as well.
    public var takesQuantity: Bool

    public static let candidatesLimit = 20

    public enum Kind: String, Codable, Sendable, CaseIterable {
        /// A numbered piece was seen at two places.
        case serial
        /// A field of an item has two values.
        case attribute
        /// Something happened beside a count, and nobody knows which came first.
        case recount
        /// Two counted, neither knowing of the other.
        case counts
        /// There is less than nothing.
        case negativeStock = "negative-stock"
        /// More was picked for an order than was ordered.
        case overPick = "over-pick"
    }

    public struct Candidate: Codable, Sendable, Equatable {
        /// What its maker believed.
        public var value: String
        public var by: OperationEntry

        public init(value: String, by: OperationEntry) {
            (self.value, self.by) = (value, by)
        }
    }

    public struct Choice: Codable, Sendable, Equatable {
        /// From 1.
        public var number: Int
        /// What will be done.
        public var sentence: String

        public init(number: Int, sentence: String) {
            (self.number, self.sentence) = (number, sentence)
        }
    }

    public init(
        id: String, kind: Kind, sentence: String, value: String, candidates: [Candidate],
        choices: [Choice], takesQuantity: Bool
    ) {
        self.id = id
        self.kind = kind
        self.sentence = sentence
        self.value = value
        self.candidates = candidates
        self.choices = choices
        self.takesQuantity = takesQuantity
    }
}

extension ConflictEntry {
    /// What somebody has to go and do; nil where deciding is all.
    public var task: TaskEntry? {
        switch kind {
        case .recount, .counts, .negativeStock: TaskEntry(self, .count)
        case .overPick: TaskEntry(self, .return)
        case .serial, .attribute: nil
        }
    }

    /// For people, in lines.
    public var lines: [String] {
        ["\(id)  \(sentence)"] + candidates.map { "    \($0.value): \($0.by.byline)" }
            + choices.map { "  --choose \($0.number)  \($0.sentence)" }
            + (takesQuantity ? ["  --quantity N  say what is there"] : [])
    }
}

/// Work that a conflict asks for. It is done by the operation that settles the conflict.
public struct TaskEntry: Codable, Sendable, Equatable {
    public enum Kind: String, Codable, Sendable {
        /// Count again.
        case count
        /// Bring back what was picked too much.
        case `return`
    }

    /// Of the conflict.
    public var id: String
    public var kind: Kind
    public var sentence: String
    public var item: String?
    public var place: String?
    public var lot: String?
    public var orderLine: String?
    /// Who is meant: the station whose operation it is about, if one is.
    public var station: String?

    init(_ conflict: ConflictEntry, _ kind: Kind) {
        id = conflict.id
        self.kind = kind
        (item, place, lot) = (conflict.item, conflict.place, conflict.lot)
        orderLine = conflict.orderLine
        switch kind {
        case .count:
            sentence = "Count \(conflict.item ?? "") at \(conflict.place ?? "")"
        case .return:
            sentence = conflict.choices.map(\.sentence).joined(separator: "; ")
            station = conflict.candidates.first?.by.station
        }
    }
}

/// `GET /v1/conflicts` has these beside its summaries, `GET /v1/tasks` those of them that ask for
/// work.
public struct TaskList: Codable, Sendable, Equatable {
    public var tasks: [TaskEntry]

    public init(_ conflicts: [ConflictEntry]) {
        tasks = conflicts.compactMap(\.task)
    }
}

/// `POST /v1/conflicts/{id}/resolve`.
public struct ResolveRequest: Codable, Sendable, Equatable {
    /// The number of a choice.
    public var choose: Int?
    /// Or what was counted.
    public var quantity: Int64?
    /// Who decides.
    public var `operator`: String?

    public init(choose: Int? = nil, quantity: Int64? = nil, operator: String? = nil) {
        self.choose = choose
        self.quantity = quantity
        self.operator = `operator`
    }
}

/// What was decided.
public struct ResolutionReport: Codable, Sendable, Equatable {
    /// Of the conflict that was settled.
    public var conflict: String
    /// What settles it: an operation like any other.
    public var operation: String
    public var sentence: String

    public init(conflict: String, operation: String, sentence: String) {
        (self.conflict, self.operation, self.sentence) = (conflict, operation, sentence)
    }
}
