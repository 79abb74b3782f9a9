import Barcodes
import ScanRules

/// One `[[rules]]` table on its way to a rule.
struct RuleTable {
    let source: ConfigSource
    let path: [String]
    let values: [String: ConfigValue]

    func rule(number: Int) throws(ConfigError) -> ScanRule {
        for name in values.keys.sorted() where RuleKey(rawValue: name) == nil {
            throw source.error(
                .unknownKey, at: path + [name],
                "A rule has no such key."
                    + Suggestion.sentence(for: name, among: RuleKey.allCases.map(\.rawValue)))
        }
        var rule = ScanRule(name: try text(.name) ?? "rule \(number)")
        try readConditions(into: &rule)
        try readActions(into: &rule)
        return rule
    }

    private func readConditions(into rule: inout ScanRule) throws(ConfigError) {
        rule.sources = try texts(.source)
        for name in try texts(.symbology) {
            rule.symbologies.insert(try symbology(name))
        }
        let (from, to) = (try integer(.lengthFrom) ?? 0, try integer(.lengthTo) ?? Int.max)
        guard from <= to else {
            throw error(.outOfRange, .lengthTo, "This is less than length-from.")
        }
        rule.length = from...to
        rule.pattern = try pattern()
    }

    private func readActions(into rule: inout ScanRule) throws(ConfigError) {
        rule.replacement = try text(.replace)
        guard rule.replacement == nil || rule.pattern != nil else {
            throw error(.missingKey, .replace, "Say with match what is to be replaced.")
        }
        rule.trims = try boolean(.trim)
        rule.stripStart = try integer(.stripStart) ?? 0
        rule.stripEnd = try integer(.stripEnd) ?? 0
        rule.letterCase = try letters()
        rule.padding = try padding()
        rule.prefix = try text(.prefix) ?? ""
        rule.suffix = try text(.suffix) ?? ""
        rule.verdict = try verdict()
        rule.goesOn = try boolean(.goesOn)
    }
}

extension RuleTable {
    private func symbology(_ name: String) throws(ConfigError) -> Symbology {
        if let symbology = Symbology(rawValue: name) { return symbology }
        let names = Symbology.allCases.map(\.rawValue)
        throw error(
            .outOfRange, .symbology,
            "There is no symbology '\(name)'." + Suggestion.sentence(for: name, among: names))
    }

    private func pattern() throws(ConfigError) -> Pattern? {
        guard let text = try text(.match) else { return nil }
        do throws(PatternError) {
            return try Pattern(text)
        } catch let fault {
            throw error(.outOfRange, .match, "This is no pattern: \(fault).")
        }
    }

    private func letters() throws(ConfigError) -> ScanRule.Case? {
        guard let text = try text(.letters) else { return nil }
        if let letters = ScanRule.Case(rawValue: text) { return letters }
        throw error(.outOfRange, .letters, "This must be \"upper\" or \"lower\".")
    }

    private func padding() throws(ConfigError) -> ScanRule.Padding? {
        let filler = try text(.padWith) ?? "0"
        guard let scalar = filler.unicodeScalars.first, filler.unicodeScalars.count == 1 else {
            throw error(.outOfRange, .padWith, "This must be one character.")
        }
        return try integer(.padTo).map { ScanRule.Padding(length: $0, filler: scalar) }
    }

    private func verdict() throws(ConfigError) -> ScanRule.Verdict {
        switch (try text(.reject), try text(.command)) {
        case (nil, nil): return .pass
        case (let sentence?, nil): return .reject(sentence)
        case (nil, let words?): return .command(words)
        case (_?, _?):
            throw error(.outOfRange, .command, "A rule refuses a code or makes a command of it.")
        }
    }
}

extension RuleTable {
    private func text(_ key: RuleKey) throws(ConfigError) -> String? {
        guard let value = values[key.rawValue] else { return nil }
        guard case .text(let text) = value else {
            throw error(.wrongType, key, "This is \(value.kind), but must be text.")
        }
        guard ConfigKey.isPlain(text, 0...RuleKey.textLimit) else {
            throw error(
                .outOfRange, key,
                "This must be text of at most \(RuleKey.textLimit) bytes without control "
                    + "characters; in a pattern write \\\\x1D for GS.")
        }
        return text
    }

    /// One text, or a list of them.
    private func texts(_ key: RuleKey) throws(ConfigError) -> [String] {
        switch values[key.rawValue] {
        case nil: return []
        case .text(let text)?: return [text]
        case let value?:
            guard let texts = value.texts else {
                throw error(.wrongType, key, "This is \(value.kind), but must be a list of texts.")
            }
            return texts
        }
    }

    private func integer(_ key: RuleKey) throws(ConfigError) -> Int? {
        switch values[key.rawValue] {
        case nil: return nil
        case .integer(let number)?:
            guard (0...RuleKey.lengthLimit).contains(number) else {
                throw error(.outOfRange, key, "This must be a number, 0 to \(RuleKey.lengthLimit).")
            }
            return number
        case let value?:
            throw error(.wrongType, key, "This is \(value.kind), but must be a number.")
        }
    }

    private func boolean(_ key: RuleKey) throws(ConfigError) -> Bool {
        switch values[key.rawValue] {
        case nil: return false
        case .boolean(let value)?: return value
        case let value?:
            throw error(.wrongType, key, "This is \(value.kind), but must be true or false.")
        }
    }

    private func error(_ code: ConfigError.Code, _ key: RuleKey, _ message: String) -> ConfigError {
        source.error(code, at: path + [key.rawValue], message)
    }
}
