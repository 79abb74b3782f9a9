/// The value of one option, as a configuration file can write it.
public enum OptionValue: Sendable, Equatable {
    case text(String)
    case integer(Int)
    case boolean(Bool)
}

extension OptionValue: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let value = try? container.decode(Bool.self) {  // Not a boolean: try the next form.
            self = .boolean(value)
        } else if let value = try? container.decode(Int.self) {  // Nor a number.
            self = .integer(value)
        } else {
            self = .text(try container.decode(String.self))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .text(let value): try container.encode(value)
        case .integer(let value): try container.encode(value)
        case .boolean(let value): try container.encode(value)
        }
    }
}

extension OptionValue: CustomStringConvertible {
    /// As TOML writes it.
    public var description: String {
        switch self {
        case .text(let value): "\"\(value)\""
        case .integer(let value): "\(value)"
        case .boolean(let value): "\(value)"
        }
    }
}

/// One option of a driver: its name, what it may be, and what it is when nobody says.
public struct OptionKey: Sendable, Equatable {
    public enum Form: Sendable, Equatable {
        case boolean(default: Bool)
        case integer(ClosedRange<Int>, default: Int)
        case choice([String], default: String)
        /// Any text; without a default it must be given.
        case text(default: String?)
    }

    public let name: String
    public let form: Form
    /// One line of documentation.
    public let summary: String

    public init(_ name: String, _ form: Form, _ summary: String) {
        self.name = name
        self.form = form
        self.summary = summary
    }

    /// nil: the option must be given.
    public var defaultValue: OptionValue? {
        switch form {
        case .boolean(let value): .boolean(value)
        case .integer(_, let value): .integer(value)
        case .choice(_, let value): .text(value)
        case .text(let value): value.map { .text($0) }
        }
    }

    /// What this option may be, for people: `true or false`, `10 to 5000`, `"none" or "ack-nak"`.
    public var expectation: String {
        switch form {
        case .boolean: "true or false"
        case .integer(let range, _): "a number, \(range.lowerBound) to \(range.upperBound)"
        case .choice(let choices, _): choices.map { "\"\($0)\"" }.joined(separator: " or ")
        case .text: "text"
        }
    }

    func allows(_ value: OptionValue) -> Bool {
        switch (form, value) {
        case (.boolean, .boolean), (.text, .text): true
        case (.integer(let range, _), .integer(let number)): range.contains(number)
        case (.choice(let choices, _), .text(let text)): choices.contains(text)
        default: false
        }
    }
}
