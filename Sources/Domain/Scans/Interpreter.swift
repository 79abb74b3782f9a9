import Barcodes
import Replication

/// Says what a capture means: an item, a place, a numbered piece or a command.
///
/// Pure. Codes: `empty`, `too-long`, `not-text`, `control-character`, `aim-missing`,
/// `check-digit`, `add-on-only`, `bad-command`.
/// GS1 element strings are not taken apart: what came with a GS1 identifier and begins with an
/// application identifier such as 01 or 00 is an item whose code is the whole text.
public struct Interpreter: Sendable {
    public let rules: InterpretationRules

    public init(rules: InterpretationRules = .init()) {
        self.rules = rules
    }

    public func interpret(_ capture: Capture) -> Interpretation {
        do throws(Rejection) {
            let text = try text(of: capture.payload)
            let code = try code(in: text, aim: capture.aim)
            let meaning = try meaning(of: code)
            return .scan(
                Scan(text: code.text, symbology: code.symbology, aim: code.aim, meaning: meaning))
        } catch {
            return .rejected(error)
        }
    }

    private func text(of payload: Payload) throws(Rejection) -> String {
        let bytes =
            switch payload {
            case .code(let bytes): bytes
            case .keystrokes(let text): Array(text.utf8)
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

    private func meaning(of code: ReadCode) throws(Rejection) -> Meaning {
        let grammar = CommandGrammar(prefix: rules.commandPrefix)
        switch grammar.parse(code.text) {
        case .command(let command): return .command(command)
        case .malformed(let expected):
            throw Rejection(
                code: "bad-command", message: "This command code is not known: \(expected).",
                text: PrintableText(code.text).description)
        case .none: break
        }
        try requireShort(code.text)
        let gtin = try code.gtin()
        if starts(code.text, rules.placePrefixes) { return .place(PlaceCode(code.text)) }
        if starts(code.text, rules.serialPrefixes) { return .serial(SerialCode(code.text)) }
        return .item(ItemCode(gtin?.digits ?? code.text))
    }

    /// A longer name would be stored here and then refused by the hub.
    private func requireShort(_ text: String) throws(Rejection) {
        let (length, limit) = (text.utf8.count, OperationKind.codeLimitBytes)
        guard length > limit else { return }
        throw Rejection(
            code: "too-long",
            message: "This code has \(length) bytes, and the code of an item, a place or a serial "
                + "number has at most \(limit): scan another code of the goods.",
            text: PrintableText(text).description)
    }

    /// By bytes: comparing characters would let a combining mark hide a prefix.
    private func starts(_ text: String, _ prefixes: [String]) -> Bool {
        prefixes.contains { prefix in
            !prefix.isEmpty && text.utf8.starts(with: prefix.utf8)
                && text.utf8.count > prefix.utf8.count
        }
    }
}
