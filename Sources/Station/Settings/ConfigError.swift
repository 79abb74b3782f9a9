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

extension ConfigError: CustomStringConvertible {
    /// As compilers say it: `file:line: key: message`.
    public var description: String {
        let place = line.map { "\(file):\($0)" } ?? file
        return "\(place): \(key.map { "\($0): " } ?? "")\(message)"
    }
}
