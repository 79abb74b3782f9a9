public import Replication
public import Scans

/// What an operator answers, whichever way: a word, a scan, a button, a command code, a tap.
public enum DialogueAnswer: Sendable, Equatable {
    case check(String)
    case number(Int64)
    /// nil: as many as were scanned.
    case short(Int64?)
    case place(PlaceCode)
    case item(ItemCode, lot: LotCode, quantity: Int64)
    case confirm, ready, cancel, skip, substitute, undo
    case again, howManyLeft, whereTo, help
    case pause, resume
    case manner(SpeechManner.Change)
    /// A code that answers nothing, such as that of a numbered piece.
    case unfit

    /// nil: this answers no question.
    public init?(_ phrase: SpokenPhrase) {
        let number = Self.number(phrase.argument)
        switch (phrase.verb, phrase.argument.isEmpty, number) {
        case ("check", false, _): self = .check(phrase.argument)
        case ("number", _, let number?), ("pick", _, let number?), ("count", _, let number?),
            ("quantity", _, let number?):
            self = .number(number)
        case ("short", true, _): self = .short(nil)
        case ("short", _, let number?): self = .short(number)
        case ("place", false, _), ("location", false, _), ("transfer", false, _):
            self = .place(PlaceCode(phrase.argument))
        default:
            guard phrase.argument.isEmpty, let plain = Self.plain[phrase.verb] else { return nil }
            self = plain
        }
    }

    /// nil: a command, which is none of a dialogue's business.
    public init?(_ scan: Scan) {
        switch scan.meaning {
        case .place(let place): self = .place(place)
        case .item(let item, let lot):
            self = .item(item, lot: lot, quantity: scan.quantity ?? 1)
        case .command(let command): self.init(command)
        case .serial: self = .unfit
        }
    }

    /// nil: none of a dialogue's business.
    public init?(_ command: Command) {
        switch command {
        case .undo: self = .undo
        case .quantity(let number): self = .number(number)
        case .place(let place): self = .place(place)
        case .answer(let phrase): self.init(phrase)
        case .mode, .openBatch, .closeBatch, .cancelBatch, .undoLine, .unit, .profile, .list:
            return nil
        }
    }

    /// The words that stand alone, as a language pack's phrases mean them.
    static let plain: [String: DialogueAnswer] = [
        "confirm": .confirm, "ready": .ready, "cancel": .cancel, "skip": .skip,
        "substitute": .substitute, "undo": .undo, "repeat": .again,
        "how-many-left": .howManyLeft, "where": .whereTo, "help": .help, "pause": .pause,
        "resume": .resume, "slower": .manner(.slower), "faster": .manner(.faster),
        "louder": .manner(.louder), "quieter": .manner(.quieter), "brief": .manner(.brief),
        "full": .manner(.full),
    ]

    private static func number(_ text: String) -> Int64? {
        guard text.utf8.count <= 6,
            text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { return nil }
        return Int64(text)
    }
}
