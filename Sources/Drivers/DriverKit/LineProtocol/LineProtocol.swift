import FoundationEssentials

/// The conversation between the daemon and a driver process: one JSON object a line.
///
/// `docs/driver-protocol.md` is the contract for drivers that others write.
public enum LineProtocol {
    public static let version = 1
    /// In bytes, without the line feed. A capture of 65,536 bytes fits in base64.
    public static let messageLimitBytes = 262_144
    /// How often a driver shows that it is alive.
    public static let heartbeatInterval = Duration.seconds(1)

    static func line(_ message: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(message)) + [0x0A]
    }

    static func message<Message: Decodable>(_ type: Message.Type, in line: [UInt8]) throws
        -> Message
    {
        try JSONDecoder().decode(type, from: Data(line))
    }
}
