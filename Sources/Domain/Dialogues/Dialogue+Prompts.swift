import Replication
import Scans

extension Dialogue {
    /// The question as it stands, as after a restart.
    public var prompt: DialoguePrompt { prompt(after: nil, inFull: true) }

    func prompt(after notice: DialogueSentence?, inFull: Bool) -> DialoguePrompt {
        let isBrief = manner.isBrief && !inFull
        let notice = notice == .help ? help : notice
        let told = notice.map { (text($0, isBrief, .eye), text($0, isBrief, .ear)) }
        return DialoguePrompt(
            say: [told?.1 ?? "", text(question, isBrief, .ear)].filter { !$0.isEmpty }
                .joined(separator: " "),
            notice: told?.0 ?? "", show: text(question, false, .eye), grammar: grammar)
    }

    private var question: DialogueSentence {
        if state.isPaused { return .pausedQuestion }
        switch state.step {
        case .place: return line.check.isEmpty ? .goToPlain : .goTo
        case .quantity: return quantityQuestion
        case .destination: return line.destinationCheck.isEmpty ? .carryToPlain : .carryTo
        case .substitute: return .scanSubstitute
        case .confirm(.short): return .confirmShort
        case .confirm(.over): return .confirmOver
        case .confirm(.count): return .confirmCount
        case .confirm(.substitute): return .confirmSubstitute
        case .confirm(.cancel): return .confirmCancel
        case .done where state.isCancelled: return .cancelled
        case .done: return shortLines == 0 ? .allDone : .allDoneShort
        }
    }

    private var quantityQuestion: DialogueSentence {
        switch assignment.kind {
        case .count: state.scanned.isEmpty ? .count : .countRest
        case .receive: state.scanned.isEmpty ? .put : .putRest
        case .pick, .transfer: state.scanned.isEmpty ? .take : .takeRest
        }
    }

    private var help: DialogueSentence {
        if state.isPaused { return .helpPaused }
        return switch state.step {
        case .place, .destination: .helpPlace
        case .quantity: .helpQuantity
        case .confirm, .substitute: .helpConfirm
        case .done: .helpDone
        }
    }

    /// The narrower, the better it is understood: as many digits as the label has.
    private var grammar: String {
        if state.isPaused { return "dialogue-paused" }
        switch state.step {
        case .place: return Self.grammar(check: line.check)
        case .destination: return Self.grammar(check: line.destinationCheck)
        case .quantity: return "dialogue-quantity"
        case .confirm: return "dialogue-confirm"
        case .substitute, .done: return "dialogue-ready"
        }
    }

    private static func grammar(check: String) -> String {
        check.isEmpty ? "dialogue-ready" : "dialogue-check\(check.utf8.count)"
    }

    /// Every name that a prompt can ask for.
    public static let grammars =
        ["dialogue-confirm", "dialogue-paused", "dialogue-quantity", "dialogue-ready"]
        + (1...Assignment.checkLimit).map { "dialogue-check\($0)" }
}

extension Dialogue {
    /// Finished with less than was asked for. A count asks for nothing.
    public var shortLines: Int {
        guard assignment.kind != .count else { return 0 }
        return state.finished.count { $0.quantity < assignment.lines[$0.line].quantity }
    }

    private enum Sense {
        case eye, ear
    }

    private func text(
        _ sentence: DialogueSentence, _ isBrief: Bool, _ sense: Sense
    ) -> String {
        var result = ""
        var rest = language.phrase(sentence, isBrief: isBrief)[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            result += rest[..<open]
            result += value(String(rest[rest.index(after: open)..<close]), sense)
            rest = rest[rest.index(after: close)...]
        }
        return result + rest
    }

    private func value(_ name: String, _ sense: Sense) -> String {
        switch name {
        case "place": place(line.place, sense)
        case "destination": place(line.destination, sense)
        case "item": goods(item, line.name, sense)
        case "other": goods(otherItem, "", sense)
        case "quantity": language.words(line.quantity, line.unit)
        case "number": language.words(number, line.unit)
        case "bare": "\(number)"
        case "asked": "\(line.quantity)"
        case "scanned": language.words(scannedQuantity, line.unit)
        case "rest": language.words(line.quantity - scannedQuantity, line.unit)
        case "left": language.words(Int64(openLines.count), "line")
        case "done": language.words(Int64(state.finished.count), "line")
        case "shorts": "\(shortLines)"
        case "pieces": "\(openLines.reduce(0) { $0 + assignment.lines[$1].quantity })"
        case "line": "\(state.line + 1)"
        case "lines": "\(assignment.lines.count)"
        case "posted": posted(sense)
        default: ""
        }
    }

    private func place(_ place: PlaceCode, _ sense: Sense) -> String {
        sense == .ear ? language.spoken(place) : PrintableText(place.rawValue).description
    }

    /// Goods without a name are told by the last four signs of their code.
    private func goods(_ item: ItemCode, _ name: String, _ sense: Sense) -> String {
        let isOrdered = state.substitute == nil && item == line.item
        if isOrdered, !name.isEmpty { return PrintableText(name).description }
        let code = PrintableText(item.rawValue).description
        return sense == .ear ? language.spelled(String(code.suffix(4))) : code
    }

    private var otherItem: ItemCode {
        if case .confirm(.substitute(let item, _)) = state.step { return item }
        return item
    }

    private var number: Int64 {
        switch state.step {
        case .destination(let number), .confirm(.short(let number)), .confirm(.over(let number)),
            .confirm(.count(let number)):
            number
        default: line.quantity
        }
    }

    /// What was finished last: `5 cases from A72`.
    private func posted(_ sense: Sense) -> String {
        guard let last = state.finished.last else { return "" }
        let line = assignment.lines[last.line]
        let words = language.words(last.quantity, line.unit)
        return sense == .ear ? words : "\(words), \(PrintableText(line.place.rawValue))"
    }
}
