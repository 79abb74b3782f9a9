import Replication
import Scans

@testable import Dialogues

/// An operator before a dialogue: says words and scans, and writes down what was posted.
struct Picker {
    var dialogue: Dialogue
    var operations: [OperationKind] = []
    var last: DialogueOutcome?
    private let incarnation = Incarnation(rawValue: 9)

    static let lines = [
        AssignmentLine(place: "LOC-A72", check: "49", item: "TEA", name: "green tea", quantity: 5),
        AssignmentLine(place: "LOC-B1", item: "JAM", quantity: 1, unit: "jar"),
        AssignmentLine(place: "LOC-C3", check: "7", item: "SALT", lot: "L7", quantity: 3),
    ]

    init(
        _ kind: Assignment.Kind = .pick, _ lines: [AssignmentLine] = Picker.lines,
        manner: SpeechManner = .init()
    ) throws {
        let assignment = Assignment(code: "PICK-1", kind: kind, order: "ORD-1", lines: lines)
        try assignment.validate()
        guard let dialogue = Dialogue(assignment, manner: manner) else {
            throw AssignmentFault(reason: "has no beginning")
        }
        self.dialogue = dialogue
    }

    /// `check 49`, or `@LOC-A72` for a scanned place, `#TEA` for goods, `#SALT/L7` with a lot.
    @discardableResult
    mutating func say(_ words: String, turn: Int? = nil) -> DialogueOutcome {
        let next = OperationID(
            incarnation: incarnation, sequence: UInt64(operations.count + 1))
        let outcome = dialogue.answer(Self.answer(words), turn: turn, nextOperation: next)
        operations += outcome.operations
        last = outcome
        return outcome
    }

    mutating func say(all words: [String]) {
        for word in words { say(word) }
    }

    static func answer(_ words: String) -> DialogueAnswer {
        let rest = String(words.dropFirst())
        if words.hasPrefix("@") { return .place(PlaceCode(rest)) }
        if words.hasPrefix("#") {
            let parts = rest.split(separator: "/").map(String.init)
            let lot = parts.count > 1 ? LotCode(parts[1]) : ""
            return .item(ItemCode(parts[0]), lot: lot, quantity: 1)
        }
        return SpokenPhrase(words).flatMap { DialogueAnswer($0) } ?? .unfit
    }

    /// What is in force of the operations, `5 TEA LOC-A72>ORD-1`.
    var posted: [String] {
        var undone: Set<Int> = []
        for case .undo(let id, _) in operations { undone.insert(Int(id.sequence) - 1) }
        return operations.enumerated().compactMap { index, kind in
            undone.contains(index) ? nil : Self.words(kind)
        }
    }

    private static func words(_ kind: OperationKind) -> String? {
        switch kind {
        case .move(let key, let to, let quantity):
            "\(quantity) \(key.item)\(lot(key)) \(key.place)>\(to)"
        case .adjust(let key, let delta): "\(delta) \(key.item)\(lot(key)) +\(key.place)"
        case .count(let key, let quantity): "=\(quantity) \(key.item)\(lot(key)) \(key.place)"
        default: nil
        }
    }

    private static func lot(_ key: StockKey) -> String {
        key.lot.rawValue.isEmpty ? "" : "/\(key.lot)"
    }
}
