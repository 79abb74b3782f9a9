/// How a message lies in a tag's memory.
enum TagLayout {
    /// Tag, length, value and terminator (NFC Forum, Type 2 Tag 1.0, section 2.3).
    static func block(_ message: [UInt8]) -> [UInt8] {
        let count = message.count
        let length =
            count < 0xFF ? [UInt8(count)] : [0xFF, UInt8(count >> 8 & 0xFF), UInt8(count & 0xFF)]
        return [0x03] + length + message + [0xFE]
    }

    /// The checksum of a MIFARE application directory (NXP AN10787, section 3.7).
    static func directoryChecksum(_ bytes: [UInt8]) -> UInt8 {
        bytes.reduce(0xC7) { checksum, byte in
            (0..<8).reduce(checksum ^ byte) { value, _ in
                value & 0x80 == 0 ? value << 1 : value << 1 ^ 0x1D
            }
        }
    }
}
