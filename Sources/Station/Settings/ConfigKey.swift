import Scans

/// One key of the configuration, outside of `[[device]]`: where it stands, what it may be, what it
/// does. Its default is whatever a fresh `StationConfig` holds.
public struct ConfigKey: Sendable {
    public enum Section: String, Sendable, CaseIterable {
        case station, workflow, codes, feedback, api, login, sync, store, log
    }

    enum Form: Sendable {
        case boolean
        case integer(ClosedRange<Int>)
        case choice([String])
        /// Without control characters; a length in bytes.
        case text(ClosedRange<Int>)
        case texts(countLimit: Int, ClosedRange<Int>)
        /// Of shops' own numbers: `InterpretationRules.measurePatterns`.
        case patterns(countLimit: Int)
    }

    public let section: Section
    public let name: String
    /// One sentence of documentation.
    public let summary: String
    let form: Form
    private let access: Access

    /// `workflow.batch-lines`.
    public var path: String { "\(section.rawValue).\(name)" }

    init(_ section: Section, _ name: String, _ form: Form, _ access: Access, _ summary: String) {
        self.section = section
        self.name = name
        self.form = form
        self.access = access
        self.summary = summary
    }
}

extension ConfigKey {
    /// The way from a key to its place in the configuration.
    enum Access: Sendable {
        typealias Path<Value> = any WritableKeyPath<StationConfig, Value> & Sendable

        case boolean(Path<Bool>)
        case integer(Path<Int>)
        case text(Path<String>)
        case optionalText(Path<String?>, example: String)
        case texts(Path<[String]>)
    }

    /// nil: there is no default.
    var defaultValue: ConfigValue? {
        let config = StationConfig()
        return switch access {
        case .boolean(let path): .boolean(config[keyPath: path])
        case .integer(let path): .integer(config[keyPath: path])
        case .text(let path): .text(config[keyPath: path])
        case .optionalText(let path, _): config[keyPath: path].map { .text($0) }
        case .texts(let path): .list(config[keyPath: path].map { .text($0) })
        }
    }

    /// The default, or what else could stand there.
    var sample: ConfigValue {
        if case .optionalText(_, let example) = access { return .text(example) }
        return defaultValue ?? .text("")
    }

    /// Takes over a value that `refusal` has nothing against.
    func set(_ value: ConfigValue, in config: inout StationConfig) {
        switch (access, value) {
        case (.boolean(let path), .boolean(let flag)): config[keyPath: path] = flag
        case (.integer(let path), .integer(let number)): config[keyPath: path] = number
        case (.text(let path), .text(let text)): config[keyPath: path] = text
        case (.optionalText(let path, _), .text(let text)): config[keyPath: path] = text
        case (.texts(let path), .list): config[keyPath: path] = value.texts ?? []
        default: preconditionFailure("bug: form and place of '\(self.path)' do not match")
        }
    }
}

extension ConfigKey {
    /// What this key may be, for people.
    public var expectation: String {
        switch form {
        case .boolean: "true or false"
        case .integer(let range): "a number, \(range.lowerBound) to \(range.upperBound)"
        case .choice(let choices): choices.map { "\"\($0)\"" }.joined(separator: " or ")
        case .text(let range): "text of \(Self.bytes(range))"
        case .texts(let limit, let range):
            "a list of at most \(limit) texts, each of \(Self.bytes(range))"
        case .patterns(let limit):
            "a list of at most \(limit) patterns such as \"22IIIIIPPP.PPC\": 12 or 13 characters, "
                + "first a digit, then I with P, W or Q, last C"
        }
    }

    private static func bytes(_ range: ClosedRange<Int>) -> String {
        "\(range.lowerBound) to \(range.upperBound) bytes"
    }

    /// Why a value can't be taken; nil when it can.
    func refusal(of value: ConfigValue) -> ConfigError.Code? {
        switch (form, value) {
        case (.boolean, .boolean): nil
        case (.integer(let range), .integer(let number)):
            range.contains(number) ? nil : .outOfRange
        case (.choice(let choices), .text(let text)):
            choices.contains(text) ? nil : .outOfRange
        case (.text(let range), .text(let text)):
            Self.isPlain(text, range) ? nil : .outOfRange
        case (.texts(let limit, let range), .list(let values)):
            value.texts.map { texts in
                texts.count <= limit && texts.allSatisfy { Self.isPlain($0, range) }
                    ? nil : .outOfRange
            } ?? (values.isEmpty ? nil : .wrongType)
        case (.patterns(let limit), .list(let values)):
            value.texts.map { texts in
                texts.count <= limit && texts.allSatisfy(InterpretationRules.isMeasurePattern)
                    ? nil : .outOfRange
            } ?? (values.isEmpty ? nil : .wrongType)
        default: .wrongType
        }
    }

    static func isPlain(_ text: String, _ length: ClosedRange<Int>) -> Bool {
        length.contains(text.utf8.count)
            && text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
    }
}
