public import Scans
public import Speech

/// From the words of one language to a phrase of none.
public struct SpokenMeaning: Sendable {
    private let pack: LanguagePack

    public init(_ pack: LanguagePack) {
        self.pack = pack
    }

    /// What these words mean where `grammar` was listened to; nil: nothing.
    ///
    /// Bare digits, numbers and places are answers: `check 49`, `number 24`, `place A72`.
    public func phrase(_ text: String, grammar: String) -> SpokenPhrase? {
        let words = text.split(separator: " ").map(String.init)
        for phrase in pack.phrases {
            let start = phrase.say.split(separator: " ").map(String.init)
            guard words.starts(with: start) else { continue }
            let rest = Array(words.dropFirst(start.count))
            guard let argument = phrase.argument else {
                if rest.isEmpty { return SpokenPhrase(verb: phrase.means) }
                continue
            }
            if let value = value(rest, argument) {
                return SpokenPhrase(verb: phrase.means, argument: value)
            }
        }
        return answer(words, grammar)
    }

    private func answer(_ words: [String], _ grammar: String) -> SpokenPhrase? {
        let (verb, argument): (String, LanguagePack.Phrase.Argument) =
            switch grammar {
            case "quantity": ("number", .number)
            case "zone", "location": ("place", .place)
            default: ("check", .digits)
            }
        return value(words, argument).map { SpokenPhrase(verb: verb, argument: $0) }
    }

    private func value(_ words: [String], _ argument: LanguagePack.Phrase.Argument) -> String? {
        switch argument {
        case .digits: joined(words) { pack.digits[$0] }
        case .place: joined(words) { pack.letters[$0] ?? pack.digits[$0] }
        case .number: number(words).map(String.init)
        }
    }

    private func joined(_ words: [String], _ value: (String) -> String?) -> String? {
        let values = words.compactMap(value)
        return values.isEmpty || values.count != words.count ? nil : values.joined()
    }

    /// `twenty four`, `one hundred`.
    private func number(_ words: [String]) -> Int? {
        guard !words.isEmpty else { return nil }
        var total = 0
        for word in words {
            if word == pack.hundred {
                guard (1...9).contains(total) else { return nil }
                total *= 100
            } else {
                guard let value = pack.numbers[word],
                    total % 100 == 0 || (total % 10 == 0 && value < 10)
                else { return nil }
                total += value
            }
        }
        return total
    }
}
