import Foundation

/// As much of JSON Schema as our own documents use.
public struct JSONSchema {
    public let value: Any?

    public init(_ value: Any?) {
        self.value = value
    }

    public subscript(_ name: String) -> JSONSchema { JSONSchema(members[name]?.value) }

    public var members: [String: JSONSchema] {
        (value as? [String: Any] ?? [:]).mapValues { JSONSchema($0) }
    }

    public var strings: [String] { value as? [String] ?? [] }

    /// What in `value` is not as `schema`, of this document, wants it.
    public func faults(in value: Any, schema: JSONSchema, at path: String = "$") -> [String] {
        if let reference = schema["$ref"].value as? String {
            let parts = reference.split(separator: "/").dropFirst()
            let target = parts.reduce(self) { $0[String($1)] }
            return target.members.isEmpty
                ? ["\(path): no \(reference)"] : faults(in: value, schema: target, at: path)
        }
        switch schema["type"].value as? String {
        case "string":
            guard let text = value as? String else { return ["\(path): no text"] }
            let allowed = schema["enum"].strings
            return allowed.isEmpty || allowed.contains(text) ? [] : ["\(path): \(text)"]
        case "integer":
            guard let number = value as? NSNumber,
                number.doubleValue.rounded() == number.doubleValue
            else { return ["\(path): no whole number"] }
            return []
        case "boolean": return value is Bool ? [] : ["\(path): neither true nor false"]
        case "array":
            guard let items = value as? [Any] else { return ["\(path): no array"] }
            return items.enumerated().flatMap {
                faults(in: $1, schema: schema["items"], at: "\(path)[\($0)]")
            }
        case "object": return objectFaults(in: value, schema: schema, at: path)
        default: return ["\(path): a schema without a type"]
        }
    }

    private func objectFaults(in value: Any, schema: JSONSchema, at path: String) -> [String] {
        guard let object = value as? [String: Any] else { return ["\(path): no object"] }
        let known = schema["properties"].members
        let missing = schema["required"].strings.filter { object[$0] == nil }
        // Messages of stations may gain fields; reports of people say which there are.
        let isClosed = schema["additionalProperties"].value as? Bool == false || !known.isEmpty
        return missing.map { "\(path).\($0): missing" }
            + object.flatMap { name, member in
                if let schema = known[name] {
                    return faults(in: member, schema: schema, at: "\(path).\(name)")
                }
                // What stands for any name says what it holds.
                let others = schema["additionalProperties"]
                if !others.members.isEmpty {
                    return faults(in: member, schema: others, at: "\(path).\(name)")
                }
                return isClosed ? ["\(path).\(name): not documented"] : []
            }
    }
}
