import Replication

/// The words of one language for all that a dialogue says: data, no code.
public struct DialogueLanguage: Sendable {
    /// `en`
    public var name: String
    /// By what name the synthesiser knows the voice.
    public var voice: String
    /// How letters and digits are named one by one: the words that are listened for as well.
    var letters: [Character: String]
    /// How a unit ends of which there are several: by its own ending, the first that fits.
    var plurals: [(ending: String, added: String)]
    var phrases: [DialogueSentence: DialoguePhrase]
    /// What the codes of places begin with, and nobody says.
    public var silentPrefixes: [String] = ["LOC-"]
}

extension DialogueLanguage {
    /// How pickers say places and check digits: sign by sign, letters by name. A comma is a pause.
    func spelled(_ code: String) -> String {
        code.map { character in
            if character == "-" || character == " " || character == "." { return "," }
            return letters[Character(character.uppercased())] ?? String(character)
        }.joined(separator: " ").replacingPauses
    }

    func spoken(_ place: PlaceCode) -> String {
        let code = place.rawValue
        let prefix = silentPrefixes.first {
            code.utf8.starts(with: $0.utf8) && code.utf8.count > $0.utf8.count
        }
        return spelled(prefix.map { String(code.dropFirst($0.count)) } ?? code)
    }

    func words(_ number: Int64, _ unit: String) -> String {
        unit.isEmpty ? "\(number)" : "\(number) \(number == 1 ? unit : several(unit))"
    }

    /// `box` is one, `boxes` are several.
    public func several(_ unit: String) -> String {
        unit + (plurals.first { unit.hasSuffix($0.ending) }?.added ?? "")
    }

    func phrase(_ sentence: DialogueSentence, isBrief: Bool) -> String {
        guard let phrase = phrases[sentence] else { return "" }
        return isBrief ? phrase.brief : phrase.full
    }
}

extension String {
    /// A pause needs no room before it.
    fileprivate var replacingPauses: String {
        var result = ""
        for character in self {
            if character == ",", result.last == " " { result.removeLast() }
            result.append(character)
        }
        return result
    }
}
