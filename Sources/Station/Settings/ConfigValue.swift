import TOMLKit

/// One value of a TOML file, as far as configuration knows them.
enum ConfigValue: Equatable {
    case text(String)
    case integer(Int)
    case boolean(Bool)
    case list([ConfigValue])
    case table([String: ConfigValue])
    /// What no key takes: a date, a fraction.
    case other(String)

    /// What a person would call it.
    var kind: String {
        switch self {
        case .text: "text"
        case .integer: "a number"
        case .boolean: "true or false"
        case .list: "a list"
        case .table: "a table"
        case .other(let name): "a \(name)"
        }
    }

    /// The texts of a list that holds nothing else.
    var texts: [String]? {
        guard case .list(let values) = self else { return nil }
        var texts: [String] = []
        for value in values {
            guard case .text(let text) = value else { return nil }
            texts.append(text)
        }
        return texts
    }
}

extension ConfigValue {
    init(_ value: any TOMLValueConvertible) {
        switch value.type {
        case .string: self = .text(value.string ?? "")
        case .int: self = .integer(value.int ?? 0)
        case .bool: self = .boolean(value.bool ?? false)
        case .array: self = .list(value.array?.map { ConfigValue($0) } ?? [])
        case .table: self = .table(value.table.map { Self.members(of: $0) } ?? [:])
        case .double, .date, .time, .dateTime: self = .other("\(value.type)")
        }
    }

    static func members(of table: TOMLTable) -> [String: ConfigValue] {
        var members: [String: ConfigValue] = [:]
        for key in table.keys { members[key] = table[key].map { ConfigValue($0) } }
        return members
    }
}

extension ConfigValue: CustomStringConvertible {
    /// As TOML writes it.
    var description: String {
        switch self {
        case .text(let text): Self.quoted(text)
        case .integer(let number): "\(number)"
        case .boolean(let value): "\(value)"
        case .list(let values): "[" + values.map(\.description).joined(separator: ", ") + "]"
        case .table, .other: kind
        }
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\0"..."\u{1F}", "\u{7F}":
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
