public import Barcodes
public import Scans

/// The rules of a station, asked in their order; the first that fits decides, unless it goes on.
///
/// Pure. They are asked before anybody looks at what a code means: what they make of it is read as
/// if the scanner had said so.
public struct RuleSet: Sendable, Equatable {
    public static let countLimit = 100

    public var rules: [ScanRule]

    public init(_ rules: [ScanRule] = []) {
        self.rules = rules
    }

    /// What the rules made of a capture, and how.
    public struct Ruling: Sendable, Equatable {
        public enum Outcome: Sendable, Equatable {
            case capture(Capture)
            case rejected(Rejection)
        }

        public var outcome: Outcome
        /// The rules that fitted, in their order.
        public var trace: [Step]
    }

    /// What one rule did.
    public struct Step: Sendable, Equatable {
        public var rule: String
        public var before: String
        public var after: String
    }

    /// `symbology`: of a code whose identifier does not tell it.
    public func apply(
        to capture: Capture, reading interpretation: InterpretationRules,
        as symbology: Symbology? = nil
    ) -> Ruling {
        guard !rules.isEmpty,
            var text = RuledText(
                capture, reading: interpretation.aim, limit: interpretation.lengthLimitBytes)
        else { return Ruling(outcome: .capture(capture), trace: []) }
        text.symbology = text.symbology ?? symbology
        var trace: [Step] = []
        for rule in rules {
            guard let ruled = rule.apply(to: text, of: capture.device) else { continue }
            trace.append(Step(rule: rule.name, before: text.text, after: ruled.text))
            text = ruled
            switch rule.verdict {
            case .reject(let sentence):
                return Ruling(
                    outcome: .rejected(rejection(sentence, rule, text)), trace: trace)
            case .command(let words):
                text.text = interpretation.commandPrefix + words
                trace[trace.count - 1].after = text.text
                return Ruling(outcome: .capture(text.capture(from: capture)), trace: trace)
            case .pass: break
            }
            if !rule.goesOn { break }
        }
        return Ruling(
            outcome: .capture(trace.isEmpty ? capture : text.capture(from: capture)), trace: trace)
    }

    private func rejection(_ sentence: String, _ rule: ScanRule, _ text: RuledText) -> Rejection {
        Rejection(
            code: "rule-rejected",
            message: sentence.isEmpty ? "The rule '\(rule.name)' refuses this code." : sentence,
            text: PrintableText(text.text).description)
    }
}

/// A code as rules see it: without its AIM identifier, which stays what it was.
struct RuledText: Equatable {
    var text: String
    let aim: String?
    var symbology: Symbology?

    /// nil: no text, or more of it than anybody would understand.
    init?(_ capture: Capture, reading handling: InterpretationRules.AIMHandling, limit: Int) {
        let whole: String
        switch capture.payload {
        case .keystrokes(let text): whole = text
        case .code(let bytes):
            guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
            whole = text
        case .badge: return nil
        case .spoken: return nil  // A recogniser says words of its own, and nothing to rewrite.
        }
        guard whole.utf8.count <= limit else { return nil }
        let beginning = String(
            decoding: whole.utf8.prefix(AIMIdentifier.lengthBytes), as: UTF8.self)
        let isSaid =
            switch handling {
            case .auto: AIMIdentifier(beginning) != nil
            case .always: AIMIdentifier.hasForm(beginning.utf8)
            case .never: false
            }
        if capture.aim == nil, isSaid {
            aim = beginning
            text = String(decoding: whole.utf8.dropFirst(AIMIdentifier.lengthBytes), as: UTF8.self)
        } else {
            (aim, text) = (capture.aim, whole)
        }
        symbology = aim.flatMap { AIMIdentifier($0) }?.symbology(of: text)
    }

    func capture(from capture: Capture) -> Capture {
        var capture = capture
        capture.aim = aim
        switch capture.payload {
        case .keystrokes: capture.payload = .keystrokes(text)
        case .code: capture.payload = .code(Array(text.utf8))
        case .spoken, .badge: break
        }
        return capture
    }
}
