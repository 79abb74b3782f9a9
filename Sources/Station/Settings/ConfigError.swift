/// Why a configuration file was refused: where, which key, and one sentence.
public struct ConfigError: Error, Sendable, Equatable {
    /// Stable and documented.
    public enum Code: String, Sendable, CaseIterable {
        case unreadable = "config-unreadable"
        case unwritable = "config-unwritable"
        case tooLarge = "config-too-large"
        case notText = "config-not-text"
        case syntax = "config-syntax"
        case unknownKey = "config-unknown-key"
        case missingKey = "config-missing-key"
        case wrongType = "config-wrong-type"
        case outOfRange = "config-out-of-range"
        case badLocation = "config-bad-location"
        case duplicateDevice = "config-duplicate-device"
        case unknownDevice = "config-unknown-device"
        case unknownDriver = "config-unknown-driver"
        case badOption = "config-bad-option"
    }

    public var code: Code
    public var file: String
    /// From 1; nil when the file as a whole is to blame.
    public var line: Int?
    /// `workflow.batch-lines`, `device.path`; nil when no key is to blame.
    public var key: String?
    /// One sentence.
    public var message: String

    public init(
        _ code: Code, file: String, line: Int? = nil, key: String? = nil, _ message: String
    ) {
        self.code = code
        self.file = file
        self.line = line
        self.key = key
        self.message = message
    }
}

extension ConfigError.Code {
    /// One sentence of documentation.
    public var summary: String {
        switch self {
        case .unreadable: "The file is not there although somebody asked for it, or can't be read."
        case .unwritable: "The file that the daemon keeps by itself can't be written."
        case .tooLarge: "The file is larger than any configuration."
        case .notText: "The file is not UTF-8 text, or holds a NUL character."
        case .syntax: "The file is not TOML."
        case .unknownKey: "There is no such key or section; the sentence names a near one."
        case .missingKey: "A device lacks a key that it needs."
        case .wrongType: "A value is text where a number must stand, or the like."
        case .outOfRange: "A value is of the right kind, but not one of those allowed."
        case .badLocation: "A device has two places, or a path that is not absolute."
        case .duplicateDevice: "Two devices have one name or one place."
        case .unknownDevice: "No designated device has this name."
        case .unknownDriver: "No driver has this name."
        case .badOption: "A driver does not take this value of its option."
        }
    }
}

extension ConfigError: CustomStringConvertible {
    /// As compilers say it: `file:line: key: message`.
    public var description: String {
        let place = line.map { "\(file):\($0)" } ?? file
        return "\(place): \(key.map { "\($0): " } ?? "")\(message)"
    }
}
