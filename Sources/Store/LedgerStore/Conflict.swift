public import Replication
public import Reporting

/// Something that stations said without knowing of each other, or that can't be as it stands.
///
/// It follows from the operations, at station and hub alike; an operation that saw them settles it.
public struct Conflict: Sendable, Equatable {
    public enum Subject: Sendable, Equatable {
        case serial(SerialCode)
        case attribute(AttributeKey)
        case stock(StockKey)
        case orderLine(OrderLineCode, StockKey)
    }

    /// One operation that is part of it.
    public struct Candidate: Sendable, Equatable {
        public var value: String
        public var logged: LoggedOperation
    }

    /// What can be done, and the operation that does it.
    public struct Choice: Sendable, Equatable {
        public var sentence: String
        public var operation: OperationKind
    }

    public var kind: ConflictEntry.Kind
    public var subject: Subject
    public var sentence: String
    /// What holds until somebody decides.
    public var value: String
    public var candidates: [Candidate]
    public var choices: [Choice]
    /// What a change of makes it another conflict.
    var fingerprint: [String]
}

/// What a person decided.
public enum ConflictDecision: Sendable, Equatable {
    /// The number of a choice, from 1.
    case choice(Int)
    /// What was counted.
    case quantity(Int64)
}

/// Why a decision could not be carried out. `code` is stable: docs/errors.md.
public enum ConflictError: Error, Equatable, Sendable, CustomStringConvertible {
    case unknownConflict(String)
    case unknownChoice(Int, choices: Int)
    case quantityNotAsked
    case quantityOutOfRange(Int64)

    public var code: String {
        switch self {
        case .unknownConflict: "unknown-conflict"
        case .unknownChoice: "unknown-choice"
        case .quantityNotAsked: "quantity-not-asked"
        case .quantityOutOfRange: "quantity-out-of-range"
        }
    }

    public var description: String {
        switch self {
        case .unknownConflict(let id):
            "There is no conflict '\(id)': it was settled, or something was added. List them again."
        case .unknownChoice(let number, let choices):
            "There is no choice \(number): choose from 1 to \(choices)."
        case .quantityNotAsked: "No quantity settles this: choose one of the choices."
        case .quantityOutOfRange(let quantity):
            "\(quantity) is not between 0 and \(OperationKind.quantityLimit)."
        }
    }
}

extension Conflict {
    /// Ten characters that stand for what is in conflict and what was said of it.
    public var id: String {
        // FNV-1a, for it must be the same everywhere and guards against nobody.
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for text in [kind.rawValue] + fingerprint {
            for byte in Array(text.utf8) + [0] {
                hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
            }
        }
        let letters = Array("0123456789abcdefghjkmnpqrstvwxyz")
        return String((0..<10).map { letters[Int((hash >> (5 * UInt64($0))) & 31)] })
    }

    /// The operation that carries the decision out.
    public func operation(for decision: ConflictDecision) throws(ConflictError) -> OperationKind {
        switch decision {
        case .choice(let number):
            guard choices.indices.contains(number - 1) else {
                throw .unknownChoice(number, choices: choices.count)
            }
            return choices[number - 1].operation
        case .quantity(let quantity):
            guard case .stock(let key) = subject else { throw .quantityNotAsked }
            guard (0...OperationKind.quantityLimit).contains(quantity) else {
                throw .quantityOutOfRange(quantity)
            }
            return .count(key, quantity: quantity)
        }
    }
}

extension ConflictEntry {
    public init(_ conflict: Conflict) {
        self.init(
            id: conflict.id, kind: conflict.kind, sentence: conflict.sentence,
            value: conflict.value,
            candidates: conflict.candidates.prefix(Self.candidatesLimit).map {
                Candidate(
                    value: $0.value,
                    by: OperationEntry($0.logged.operation, standing: $0.logged.standing))
            },
            choices: conflict.choices.enumerated().map {
                Choice(number: $0.offset + 1, sentence: $0.element.sentence)
            },
            takesQuantity: conflict.takesQuantity)
        switch conflict.subject {
        case .serial(let serial): self.serial = serial.rawValue
        case .attribute(let key): (item, field) = (key.item.rawValue, key.field)
        case .stock(let key): fill(key)
        case .orderLine(let line, let key):
            orderLine = line.rawValue
            fill(key)
        }
    }

    private mutating func fill(_ key: StockKey) {
        (item, place) = (key.item.rawValue, key.place.rawValue)
        lot = key.lot.rawValue.isEmpty ? nil : key.lot.rawValue
    }
}

extension Conflict {
    fileprivate var takesQuantity: Bool {
        if case .stock = subject { true } else { false }
    }
}
