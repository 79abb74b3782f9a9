/// Key events written as words: `a` taps a key, `+leftshift` presses, `-leftshift` releases,
/// `=1` repeats, `lost` is SYN_DROPPED. Recordings and tests use it.
public struct KeyScript: Sendable, Equatable {
    public let events: [InputEvent]

    /// The word that is no key.
    public struct UnknownWord: Error, Equatable, CustomStringConvertible {
        public let word: String

        public var description: String { "'\(word)' is no key name" }
    }

    public init(_ text: String) throws(UnknownWord) {
        var events: [InputEvent] = []
        for word in text.split(separator: " ") {
            events += try Self.events(for: String(word))
        }
        self.events = events
    }

    /// The words that say these events again.
    public static func text(of events: [InputEvent]) -> String {
        var words: [String] = []
        for event in events {
            switch event {
            case .released(let key) where words.last == "+" + Self.name(of: key):
                words[words.count - 1] = Self.name(of: key)
            case .pressed(let key): words.append("+" + Self.name(of: key))
            case .released(let key): words.append("-" + Self.name(of: key))
            case .repeated(let key): words.append("=" + Self.name(of: key))
            case .eventsLost: words.append("lost")
            case .frameEnd, .other: break
            }
        }
        return words.joined(separator: " ")
    }

    /// A key without a name goes by its number.
    private static func name(of key: Key) -> String {
        Key(named: "\(key)") == nil ? "#\(key.rawValue)" : "\(key)"
    }

    private static func key(_ name: Substring) -> Key? {
        if let key = Key(named: String(name)) { return key }
        guard name.first == "#" else { return nil }
        return UInt16(name.dropFirst()).map { Key(rawValue: $0) }
    }

    private static func events(for word: String) throws(UnknownWord) -> [InputEvent] {
        if word == "lost" { return [.eventsLost, .frameEnd] }
        if let key = Self.key(word[...]) {
            return [.pressed(key), .frameEnd, .released(key), .frameEnd]
        }
        guard let sign = word.first, let key = Self.key(word.dropFirst()) else {
            throw UnknownWord(word: word)
        }
        switch sign {
        case "+": return [.pressed(key), .frameEnd]
        case "-": return [.released(key), .frameEnd]
        case "=": return [.repeated(key), .frameEnd]
        default: throw UnknownWord(word: word)
        }
    }
}
