import DriverKit
import Glibc
import LinuxIO
import TagSecurity

/// How one reader is read.
struct NFCOptions: Sendable, Equatable {
    /// When a tag's number stands for the tag.
    enum NumberRule: String, Sendable {
        /// Where it holds no text.
        case blank
        case never
        case always
    }

    enum BadgeRule: Sendable, Equatable {
        case none
        /// Tags without a message are badges by their number. Anybody can copy a number.
        case number
        /// NTAG 424 DNA that prove that they know a key made of this one.
        case dna(master: AESKey)
    }

    var speed = 115_200
    var numbers = NumberRule.blank
    /// A tag that comes back within this time had only moved.
    var repeatPause = Duration.seconds(1)
    /// Part of a PC/SC reader's name; empty takes the first.
    var readerName = ""
    var badges = BadgeRule.none
}

extension NFCOptions {
    init(_ table: OptionTable) throws {
        speed = table.integer("speed")
        guard Self.speeds.contains(speed) else {
            throw OptionError.wrong(
                "speed", driver: "nfc", value: .integer(speed),
                expected: "one of " + Self.speeds.map(String.init).joined(separator: ", "))
        }
        numbers = NumberRule(rawValue: table.text("numbers")) ?? .blank
        repeatPause = .milliseconds(table.integer("repeat-milliseconds"))
        readerName = table.text("reader")
        badges = try Self.badges(table)
    }

    /// Others leave the line at no speed at all, with a line in the log (libnfc 1.8.0).
    private static let speeds = [9600, 19200, 38400, 57600, 115_200, 230_400, 460_800]

    private static func badges(_ table: OptionTable) throws -> BadgeRule {
        switch table.text("badges") {
        case "number": return .number
        case "dna": return .dna(master: try key(in: table.text("badge-key-file")))
        default: return .none
        }
    }

    /// A key stands in a file of its own and not in the configuration, which many may read.
    static func key(in path: String) throws -> AESKey {
        let file = try FileDescriptor(opening: path, O_RDONLY)
        guard case .bytes(let bytes) = try file.read(limit: 256),
            let key = [UInt8](
                hexadecimal: String(decoding: bytes, as: UTF8.self).filter {
                    !$0.isWhitespace
                }
            ).flatMap(AESKey.init)
        else {
            throw DriverFault(
                .badOption, "\(path) holds no key",
                fix: "Write 32 hexadecimal digits into it: openssl rand -hex 16.")
        }
        return key
    }
}
