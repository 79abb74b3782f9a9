public import Speech

/// How pickers say numbers and places: digit by digit, letters by name.
public struct SpokenText: Sendable {
    private let words: [Character: String]

    public init(_ pack: LanguagePack) {
        let pairs = pack.digits.merging(pack.letters) { first, _ in first }
            .sorted { $0.key < $1.key }
            .compactMap { word, value in value.first.map { ($0, word) } }
        words = Dictionary(pairs, uniquingKeysWith: { first, _ in first })
    }

    /// `A72` is "alpha seven two", `49` is "four nine". A comma makes a pause.
    public func spelled(_ code: String) -> String {
        code.compactMap { character in
            if character == "-" || character == " " || character == "." { return "," }
            return words[Character(character.uppercased())] ?? String(character)
        }.joined(separator: " ")
    }
}
