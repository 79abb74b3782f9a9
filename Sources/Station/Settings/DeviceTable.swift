import DriverKit
import Scans

/// One `[[device]]` table on its way to a device.
struct DeviceTable {
    let source: ConfigSource
    let path: [String]
    let values: [String: ConfigValue]

    func device(of catalogue: [DriverKind]) throws(ConfigError) -> ConfiguredDevice {
        let name = try name()
        let kind = try kind(of: catalogue)
        return ConfiguredDevice(
            name: name, driver: kind.name, location: try location(),
            placement: try boolean(.process) ? .process : .thread, options: try options(for: kind),
            isDisabled: try boolean(.disabled))
    }

    private func name() throws(ConfigError) -> DeviceName {
        guard let name = try text(.name, limit: DeviceKey.nameLimit) else {
            throw missing(.name, "Every device needs a name.")
        }
        guard Self.isName(name) else {
            throw error(
                .outOfRange, .name,
                "A name is made of letters, digits, '-', '_' and '.', and begins with none of "
                    + "these marks.")
        }
        return DeviceName(rawValue: name)
    }

    static func isName(_ text: String) -> Bool {
        let marks: Set<Unicode.Scalar> = ["-", "_", "."]
        guard let first = text.unicodeScalars.first, !marks.contains(first) else { return false }
        return text.unicodeScalars.allSatisfy { scalar in
            scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
                || marks.contains(scalar)
        }
    }

    private func kind(of catalogue: [DriverKind]) throws(ConfigError) -> DriverKind {
        let names = catalogue.map(\.name.rawValue)
        guard let name = try text(.driver, limit: DeviceKey.nameLimit) else {
            throw missing(
                .driver, "Every device needs a driver, one of \(names.joined(separator: ", ")).")
        }
        guard let kind = catalogue.first(where: { $0.name.rawValue == name }) else {
            throw error(
                .unknownDriver, .driver,
                "There is no driver '\(name)'; there are \(names.joined(separator: ", "))."
                    + Suggestion.sentence(for: name, among: names))
        }
        return kind
    }
}

extension DeviceTable {
    private func location() throws(ConfigError) -> ConfiguredDevice.Location {
        let path = try text(.path, limit: DeviceKey.pathLimit)
        let match = DeviceMatch(
            vendorID: try identifier(.vendorID), productID: try identifier(.productID),
            serial: try text(.serial, limit: DeviceKey.identityLimit),
            portPath: try text(.portPath, limit: DeviceKey.identityLimit))
        guard let path else {
            if match != DeviceMatch() { return .identity(match) }
            throw source.error(
                .missingKey, at: self.path,
                "Say where the device is: by path, or by vendor-id, product-id, serial or "
                    + "port-path.")
        }
        guard match == DeviceMatch() else {
            throw error(
                .badLocation, .path, "A device has a path or an identity; take one of them away.")
        }
        guard path.hasPrefix("/") else {
            throw error(.badLocation, .path, "A path must be absolute, that is, begin with '/'.")
        }
        return .path(path)
    }

    /// `0x05e0`, or the same digits as text.
    private func identifier(_ key: DeviceKey) throws(ConfigError) -> UInt16? {
        let expected = "must be a USB id, such as 0x05e0 or \"05e0\"."
        switch values[key.rawValue] {
        case nil: return nil
        case .integer(let number)?:
            if let identifier = UInt16(exactly: number) { return identifier }
            throw error(.outOfRange, key, "This is \(number), but " + expected)
        case .text(let text)?:
            let digits = text.lowercased().hasPrefix("0x") ? text.dropFirst(2) : text[...]
            if !digits.hasPrefix("+"), let identifier = UInt16(digits, radix: 16) {
                return identifier
            }
            throw error(.outOfRange, key, "This is \"\(text)\", but " + expected)
        case let value?: throw error(.wrongType, key, "This is \(value.kind), but " + expected)
        }
    }

    private func text(_ key: DeviceKey, limit: Int) throws(ConfigError) -> String? {
        guard let value = values[key.rawValue] else { return nil }
        guard case .text(let text) = value else {
            throw error(.wrongType, key, "This is \(value.kind), but must be text.")
        }
        guard ConfigKey.isPlain(text, 1...limit) else {
            throw error(
                .outOfRange, key,
                "This must be text of 1 to \(limit) bytes without control characters.")
        }
        return text
    }

    private func boolean(_ key: DeviceKey) throws(ConfigError) -> Bool {
        switch values[key.rawValue] {
        case nil: return false
        case .boolean(let value)?: return value
        case let value?:
            throw error(.wrongType, key, "This is \(value.kind), but must be true or false.")
        }
    }
}

extension DeviceTable {
    private func options(for kind: DriverKind) throws(ConfigError) -> [String: OptionValue] {
        var options: [String: OptionValue] = [:]
        for (name, value) in values.sorted(by: { $0.key < $1.key })
        where DeviceKey(rawValue: name) == nil {
            guard let option = OptionValue(value) else {
                throw source.error(
                    .wrongType, at: path + [name],
                    "This is \(value.kind), which no option of a driver is.")
            }
            options[name] = option
        }
        do {
            _ = try kind.make(options)
        } catch let error as OptionError {
            throw refusal(error, kind)
        } catch {
            throw source.error(.badOption, at: path, "\(error)")
        }
        return options
    }

    private func refusal(_ error: OptionError, _ kind: DriverKind) -> ConfigError {
        switch error {
        case .unknown(let key, _, _):
            let known = DeviceKey.allCases.map(\.rawValue) + kind.options.map(\.name)
            return source.error(
                .unknownKey, at: path + [key],
                "Neither a device nor its driver '\(kind.name)' has such a key."
                    + Suggestion.sentence(for: key, among: known))
        case .missing(let key, let driver):
            return source.error(
                .missingKey, at: path + [key], "The driver '\(driver)' needs this option.")
        case .wrong(let key, _, let value, let expected):
            return source.error(
                .badOption, at: path + [key], "This is \(value), but must be \(expected).")
        }
    }

    private func error(
        _ code: ConfigError.Code, _ key: DeviceKey, _ message: String
    ) -> ConfigError {
        source.error(code, at: path + [key.rawValue], message)
    }

    private func missing(_ key: DeviceKey, _ message: String) -> ConfigError {
        error(.missingKey, key, message)
    }
}

extension OptionValue {
    /// nil: no option has such a value.
    init?(_ value: ConfigValue) {
        switch value {
        case .text(let text): self = .text(text)
        case .integer(let number): self = .integer(number)
        case .boolean(let value): self = .boolean(value)
        case .list, .table, .other: return nil
        }
    }
}
