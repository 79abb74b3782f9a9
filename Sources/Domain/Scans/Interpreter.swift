import Barcodes
import GS1
import Replication

/// Says what a capture means: an item, a place, a numbered piece or a command.
///
/// Pure. Codes: `empty`, `too-long`, `not-text`, `control-character`, `aim-missing`,
/// `check-digit`, `add-on-only`, `coupon`, `bad-command`, `not-asked`, `unknown-badge`, `missing-ai`, `excluded-ai`, `no-gs1-key` and those
/// of `GS1.FaultCode`. Where GS1 data is at fault, the sentence begins with the character.
public struct Interpreter: Sendable {
    public let rules: InterpretationRules
    private let patterns: [VariableMeasurePattern]

    public init(rules: InterpretationRules = .init()) {
        self.rules = rules
        // The configuration takes no other: what is none reads nothing.
        patterns = rules.measurePatterns.compactMap { try? VariableMeasurePattern($0) }
    }

    public func interpret(_ capture: Capture) -> Interpretation {
        do throws(Rejection) {
            if case .spoken(let phrase) = capture.payload { return .scan(try scan(of: phrase)) }
            if case .badge(let badge) = capture.payload { throw Rejection(unknown: badge) }
            let text = try text(of: capture.payload)
            let code = try code(in: text, aim: capture.aim)
            return .scan(try scan(of: code))
        } catch {
            return .rejected(error)
        }
    }

    private func scan(of phrase: SpokenPhrase) throws(Rejection) -> Scan {
        let text = phrase.description
        guard let command = phrase.command else {
            throw Rejection(
                code: "not-asked", message: "This answers a question, and none was asked.",
                text: PrintableText(text).description)
        }
        return Scan(text: text, symbology: nil, aim: "", meaning: .command(command))
    }

    private func text(of payload: Payload) throws(Rejection) -> String {
        let bytes =
            switch payload {
            case .code(let bytes): bytes
            case .keystrokes(let text): Array(text.utf8)
            case .spoken(let phrase): Array(phrase.description.utf8)
            case .badge(let badge): Array(badge.text.utf8)
            }
        guard bytes.count <= rules.lengthLimitBytes else {
            throw Rejection(
                code: "too-long",
                message:
                    "This code has \(bytes.count) bytes, the limit is \(rules.lengthLimitBytes).",
                text: PrintableText(bytes: bytes).description)
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Rejection(
                code: "not-text", message: "This code is not text: its bytes are not UTF-8.",
                text: PrintableText(bytes: bytes).description)
        }
        if let control = ControlCharacter(firstIn: text) {
            throw Rejection(
                code: "control-character",
                message: "Character \(control.position) of this code is \(control.name), "
                    + "and control characters other than GS are refused.",
                text: PrintableText(text).description)
        }
        return text
    }

    private func code(in text: String, aim: String?) throws(Rejection) -> ReadCode {
        guard let code = ReadCode(text, deviceAIM: aim, handling: rules.aim) else {
            throw Rejection(
                code: "aim-missing",
                message: "This code has no AIM identifier, and the rules say that every code has.",
                text: PrintableText(text).description)
        }
        guard !code.isBlank else {
            throw Rejection(
                code: "empty", message: "There is nothing in this code.",
                text: PrintableText(text).description)
        }
        return code
    }

    private func scan(of code: ReadCode) throws(Rejection) -> Scan {
        if let command = try command(in: code) { return code.scan(.command(command)) }
        guard let elements = try code.elements() else {
            return try plainScan(of: code)
        }
        let statement = try code.statement(of: elements)
        try requireShort(statement.meaning, in: code)
        var scan = code.scan(statement.meaning)
        (scan.quantity, scan.elements) = (statement.quantity, elements)
        return scan
    }

    private func command(in code: ReadCode) throws(Rejection) -> Command? {
        let grammar = CommandGrammar(prefix: rules.commandPrefix)
        switch grammar.parse(code.text) {
        case .command(let command): return command
        case .malformed(let expected):
            throw Rejection(
                code: "bad-command", message: "This command code is not known: \(expected).",
                text: PrintableText(code.text).description)
        case .none: return nil
        }
    }

    private func plainScan(of code: ReadCode) throws(Rejection) -> Scan {
        let gtin = try code.gtin()
        if let gtin, let scan = measured(gtin, in: code) { return scan }
        if let gtin, gtin.isCoupon, rules.coupons == .refuse {
            throw Rejection(
                code: "coupon", message: "This is a coupon, and coupons are not counted here.",
                text: PrintableText(code.text).description)
        }
        let meaning = plainMeaning(of: code, gtin)
        try requireShort(meaning, in: code)
        return code.scan(meaning)
    }

    /// nil: none of the shop's own numbers with a weight, a price or a count.
    private func measured(_ gtin: GTIN, in code: ReadCode) -> Scan? {
        for pattern in patterns {
            guard let measure = pattern.reading(of: gtin), let article = pattern.article(of: gtin)
            else { continue }
            var scan = code.scan(.item(ItemCode(article.digits)))
            scan.measure = measure
            let count = measure.value.coefficient
            if measure.kind == .count, count > 0 { scan.quantity = Int64(count) }
            return scan
        }
        return nil
    }

    private func plainMeaning(of code: ReadCode, _ gtin: GTIN?) -> Meaning {
        if starts(code.text, rules.placePrefixes) { return .place(PlaceCode(code.text)) }
        if starts(code.text, rules.serialPrefixes) { return .serial(SerialCode(code.text)) }
        return .item(ItemCode(gtin?.digits ?? code.text))
    }

    /// A longer name would be stored here and then refused by the hub.
    private func requireShort(_ meaning: Meaning, in code: ReadCode) throws(Rejection) {
        let (length, limit) = (meaning.lengthBytes, OperationKind.codeLimitBytes)
        guard length > limit else { return }
        throw Rejection(
            code: "too-long",
            message: "This code has \(length) bytes, and the code of an item, a place or a serial "
                + "number has at most \(limit): scan another code of the goods.",
            text: PrintableText(code.text).description)
    }

    /// By bytes: comparing characters would let a combining mark hide a prefix.
    private func starts(_ text: String, _ prefixes: [String]) -> Bool {
        prefixes.contains { prefix in
            !prefix.isEmpty && text.utf8.starts(with: prefix.utf8)
                && text.utf8.count > prefix.utf8.count
        }
    }
}

extension Rejection {
    /// Whose badge is known comes no further than the desk where operators log in.
    fileprivate init(unknown badge: ShownBadge) {
        self.init(
            code: "unknown-badge", message: "Nobody is known by this badge.",
            text: PrintableText(badge.text).description)
    }
}
