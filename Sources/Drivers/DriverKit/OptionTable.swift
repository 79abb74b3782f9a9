/// The options of one device, checked against what its driver knows, with defaults filled in.
public struct OptionTable: Sendable, Equatable {
    private let values: [String: OptionValue]

    public init(_ given: [String: OptionValue], for kind: DriverKind) throws(OptionError) {
        let known = Set(kind.options.map(\.name))
        if let stranger = given.keys.sorted().first(where: { !known.contains($0) }) {
            throw .unknown(stranger, driver: kind.name, known: kind.options.map(\.name))
        }
        var values: [String: OptionValue] = [:]
        for key in kind.options {
            guard let value = given[key.name] ?? key.defaultValue else {
                throw .missing(key.name, driver: kind.name)
            }
            guard key.allows(value) else {
                throw .wrong(
                    key.name, driver: kind.name, value: value, expected: key.expectation)
            }
            values[key.name] = value
        }
        self.values = values
    }

    public func boolean(_ name: String) -> Bool {
        if case .boolean(let value) = values[name] { return value }
        preconditionFailure("bug: '\(name)' is not a boolean option of this driver")
    }

    public func integer(_ name: String) -> Int {
        if case .integer(let value) = values[name] { return value }
        preconditionFailure("bug: '\(name)' is not a number option of this driver")
    }

    public func text(_ name: String) -> String {
        if case .text(let value) = values[name] { return value }
        preconditionFailure("bug: '\(name)' is not a text option of this driver")
    }
}

/// An option that a driver does not take.
public enum OptionError: Error, Equatable, CustomStringConvertible {
    case unknown(String, driver: DriverName, known: [String])
    case missing(String, driver: DriverName)
    case wrong(String, driver: DriverName, value: OptionValue, expected: String)

    /// The option that is to blame.
    public var key: String {
        switch self {
        case .unknown(let key, _, _), .missing(let key, _), .wrong(let key, _, _, _): key
        }
    }

    public var description: String {
        switch self {
        case .unknown(let key, let driver, let known):
            "driver '\(driver)' has no option '\(key)'; it knows "
                + known.joined(separator: ", ")
        case .missing(let key, let driver):
            "driver '\(driver)' needs the option '\(key)'"
        case .wrong(let key, let driver, let value, let expected):
            "option '\(key)' of driver '\(driver)' is \(value), but must be \(expected)"
        }
    }
}
