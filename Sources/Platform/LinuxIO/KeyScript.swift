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

    private static func events(for word: String) throws(UnknownWord) -> [InputEvent] {
        if word == "lost" { return [.eventsLost, .frameEnd] }
        if let key = Key(named: word) {
            return [.pressed(key), .frameEnd, .released(key), .frameEnd]
        }
        guard let sign = word.first, let key = Key(named: String(word.dropFirst())) else {
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
