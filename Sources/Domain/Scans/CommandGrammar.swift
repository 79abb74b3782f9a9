import Barcodes
import Replication

/// The text of command codes, both ways.
///
/// ```text
/// code      = prefix command
/// command   = "MODE:" mode / "PLACE:" place / "QTY:" number / "BATCH:" action
///           / "UNDO" / "UNDO:" operation / "SAY:" phrase
///           / "UNIT:" step / "PROFILE:" name / "LIST:" name
/// mode      = "RECEIVE" / "COUNT" / "MOVE" / "LOOK-UP"
/// action    = "OPEN" / "CLOSE" / "CANCEL"
/// number    = 1*4DIGIT                    ; 1 to 9999
/// place     = 1*CHAR                      ; as it stands, but not "outside" or "shipped"
/// step      = "IN" / "OUT"
/// name      = 1*CHAR                      ; NONE: no longer
/// phrase    = 1*CHAR                      ; CONFIRM, SHORT 3: an answer to what is asked
/// operation = 16HEXDIG ":" 1*20DIGIT      ; a1b2c3d4e5f60718:42, numbers from 1
/// ```
/// Prefix and words are taken in either case, because a scanner may be set to change it; a place
/// keeps its case. The prefix is `%SS:` unless the rules say otherwise.
public struct CommandGrammar: Sendable, Equatable {
    public enum Parsing: Sendable, Equatable {
        /// Not a command code.
        case none
        case command(Command)
        /// Begins with the prefix and goes on wrongly. `expected` says what would have been right.
        case malformed(expected: String)
    }

    public let prefix: String

    /// An empty prefix means that no text is a command.
    public init(prefix: String) {
        self.prefix = prefix
    }

    public func parse(_ text: String) -> Parsing {
        guard !prefix.isEmpty, let body = Self.rest(of: text, after: prefix) else { return .none }
        for word in Word.allCases {
            if let argument = Self.rest(of: body, after: word.rawValue) {
                return parse(argument, of: word)
            }
        }
        return .malformed(
            expected: "after \(prefix.shown) stands MODE:, PLACE:, QTY:, BATCH:, UNIT:, "
                + "PROFILE:, LIST:, UNDO or SAY:")
    }

    /// The text to print on a sheet. `parse` reads it back as the same command.
    public func text(for command: Command) -> String {
        let body =
            switch command {
            case .mode(let mode): "MODE:" + mode.rawValue.uppercased()
            case .place(let place): "PLACE:" + place.rawValue
            case .quantity(let quantity): "QTY:\(quantity)"
            case .openBatch: "BATCH:OPEN"
            case .closeBatch: "BATCH:CLOSE"
            case .cancelBatch: "BATCH:CANCEL"
            case .undo: "UNDO"
            case .undoLine(let id): "UNDO:\(id)"
            case .unit(let step): "UNIT:" + step.rawValue
            case .profile(let name): "PROFILE:" + (name?.uppercased() ?? Self.none)
            case .list(let code): "LIST:" + (code ?? Self.none)
            case .answer(let phrase): "SAY:" + phrase.uppercased
            }
        return prefix + body
    }
}

extension CommandGrammar {
    private enum Word: String, CaseIterable {
        case mode = "MODE:"
        case place = "PLACE:"
        case quantity = "QTY:"
        case batch = "BATCH:"
        case undoLine = "UNDO:"
        case undo = "UNDO"
        case answer = "SAY:"
        case unit = "UNIT:"
        case profile = "PROFILE:"
        case list = "LIST:"
    }

    private static let none = "NONE"

    private func parse(_ argument: String, of word: Word) -> Parsing {
        let command: Command? =
            switch word {
            case .mode: Mode(rawValue: argument.lowercased()).map { .mode($0) }
            case .place: PlaceCode(argument).isUsable ? .place(PlaceCode(argument)) : nil
            case .quantity: Self.quantity(argument).map { .quantity($0) }
            case .batch: Self.batchCommands[argument.uppercased()]
            case .undoLine: Self.operation(argument).map { .undoLine($0) }
            case .undo: argument.isEmpty ? .undo : nil
            case .answer: SpokenPhrase(argument).map { .answer($0.lowercased) }
            case .unit: UnitStep(rawValue: argument.uppercased()).map { .unit($0) }
            case .profile: Self.name(argument).map { .profile($0?.lowercased()) }
            case .list: Self.name(argument).map { .list($0) }
            }
        guard let command else { return .malformed(expected: Self.expectation(word)) }
        return .command(command)
    }

    private static let batchCommands: [String: Command] = [
        "OPEN": .openBatch, "CLOSE": .closeBatch, "CANCEL": .cancelBatch,
    ]

    /// nil: no name can be like this. `.some(nil)`: NONE.
    private static func name(_ text: String) -> String?? {
        guard PlaceCode(text).isUsable else { return nil }
        return .some(text.uppercased() == none ? nil : text)
    }

    private static func quantity(_ text: String) -> Int64? {
        guard text.isASCIIDigits, text.utf8.count <= 4, let quantity = Int64(text), quantity > 0
        else { return nil }
        return quantity
    }

    private static func operation(_ text: String) -> OperationID? {
        let isPlain = text.utf8.allSatisfy { $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "-") }
        guard isPlain, let id = OperationID(text), id.sequence > 0 else { return nil }
        return id
    }

    private static func expectation(_ word: Word) -> String {
        switch word {
        case .mode: "MODE: wants RECEIVE, COUNT, MOVE or LOOK-UP"
        case .place: "PLACE: wants the code of a place, and not outside or shipped"
        case .quantity: "QTY: wants a number from 1 to \(Command.quantityLimit)"
        case .batch: "BATCH: wants OPEN, CLOSE or CANCEL"
        case .undoLine: "UNDO: wants an operation such as a1b2c3d4e5f60718:42"
        case .answer: "SAY: wants a word such as CONFIRM or SHORT 3"
        case .unit: "UNIT: wants IN or OUT"
        case .profile: "PROFILE: wants a name such as RECEIVING, or NONE"
        case .list: "LIST: wants the code of an expected list, or NONE"
        case .undo: "UNDO stands alone, or as UNDO: with an operation"
        }
    }

    /// What follows `start`, which matches in either case of A to Z.
    private static func rest(of text: String, after start: String) -> String? {
        let (text, start) = (text.utf8, start.utf8)
        guard text.count >= start.count,
            zip(text, start).allSatisfy({ folded($0) == folded($1) })
        else { return nil }
        return String(decoding: text.dropFirst(start.count), as: UTF8.self)
    }

    private static func folded(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) ? byte - 0x20 : byte
    }
}

extension PlaceCode {
    /// Whether goods can lie there: named, printable and not one of the ledger's own two.
    var isUsable: Bool {
        !rawValue.isEmpty && !isInternal && rawValue.utf8.count <= OperationKind.codeLimitBytes
            && ControlCharacter(firstIn: rawValue) == nil
    }
}
