/// What is still to be said, the most urgent first. Pure.
public struct PromptQueue: Sendable, Equatable {
    public enum Priority: Int, Sendable, Comparable {
        case remark, question, warning

        public static func < (one: Priority, other: Priority) -> Bool {
            one.rawValue < other.rawValue
        }
    }

    public struct Prompt: Sendable, Equatable {
        public var text: String
        public var priority: Priority

        public init(_ text: String, _ priority: Priority) {
            self.text = text
            self.priority = priority
        }
    }

    /// Whoever is this far behind hears what matters and not what has long passed.
    public static let lengthLimit = 8
    private var prompts: [Prompt] = []

    public init() {}

    public var isEmpty: Bool { prompts.isEmpty }

    /// Whether what is being said now must stop for it.
    public mutating func add(_ prompt: Prompt, whileSaying current: Prompt? = nil) -> Bool {
        // A new question makes the old one void.
        if prompt.priority == .question { prompts.removeAll { $0.priority == .question } }
        let place = prompts.firstIndex { $0.priority < prompt.priority } ?? prompts.endIndex
        prompts.insert(prompt, at: place)
        if prompts.count > Self.lengthLimit { prompts.removeLast() }
        return current.map { $0.priority < prompt.priority } ?? false
    }

    public mutating func next() -> Prompt? {
        prompts.isEmpty ? nil : prompts.removeFirst()
    }

    /// Somebody speaks or presses the key: nothing but warnings is still worth saying.
    public mutating func bargeIn() {
        prompts.removeAll { $0.priority < .warning }
    }
}
