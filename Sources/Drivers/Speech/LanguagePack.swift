import FoundationEssentials

/// Everything about one spoken language that is data: its words and how they sound, its grammars,
/// what its phrases mean, how numbers and places are said, and what the station says.
public struct LanguagePack: Sendable, Equatable, Codable {
    /// One thing that can be said: fixed words, then perhaps a number, digits or a place.
    public struct Phrase: Sendable, Equatable, Codable {
        public enum Argument: String, Sendable, Codable {
            case number, digits, place
        }

        public var say: String
        /// Of any language: `start-batch`, `quantity`.
        public var means: String
        public var argument: Argument?
    }

    /// `en`
    public var language: String
    public var name: String
    /// The folder of the acoustic model.
    public var model: String
    /// By what name the synthesiser knows the voice.
    public var synthesiserVoice: String
    public var words: [String: [String]]
    public var digits: [String: String]
    public var letters: [String: String]
    public var numbers: [String: Int]
    public var hundred: String
    /// JSGF: the right side of each rule.
    public var rules: [String: String]
    /// JSGF: the right side of each grammar's public rule.
    public var grammars: [String: String]
    public var phrases: [Phrase]
    public var prompts: [String: String]
}

extension LanguagePack {
    /// In bytes; a pack of ours has 10,000.
    public static let sizeLimitBytes = 1_048_576

    /// English, which is built in.
    public static func english() throws(SpeechError) -> LanguagePack {
        try decode(PackageResources.english_json, "the built-in pack")
    }

    /// A pack in a file, of the same form as the built-in one.
    public init(reading path: String) throws(SpeechError) {
        let bytes: [UInt8]
        do {
            bytes = Array(try Data(contentsOf: URL(filePath: path)))
        } catch {
            throw .packUnreadable(path, reason: "\(error)")
        }
        guard bytes.count <= Self.sizeLimitBytes else {
            throw .packUnreadable(path, reason: "more than \(Self.sizeLimitBytes) bytes")
        }
        self = try Self.decode(bytes, path)
    }

    private static func decode(
        _ bytes: [UInt8], _ path: String
    ) throws(SpeechError) -> LanguagePack {
        do {
            return try JSONDecoder().decode(LanguagePack.self, from: Data(bytes))
        } catch {
            throw .packUnreadable(path, reason: "\(error)")
        }
    }
}

extension LanguagePack {
    /// A grammar in JSGF, with the rules that it may use.
    public func jsgf(_ name: String) -> String? {
        guard let body = grammars[name] else { return nil }
        let rules = rules.sorted { $0.key < $1.key }.map { "<\($0.key)> = \($0.value);\n" }
        return "#JSGF V1.0;\ngrammar \(name);\n\(rules.joined())public <\(name)> = \(body);\n"
    }
}
