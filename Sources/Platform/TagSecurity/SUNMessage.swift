/// What an NTAG 424 DNA writes into its own URI at each tap: who it is, how often it was tapped, and
/// a code that proves both (NXP AN12196, section 3.4: secure unique NFC).
public struct SUNMessage: Sendable, Equatable {
    public let uid: [UInt8]
    /// Counts the taps of this tag. One that was seen before is a copy of an old message.
    public let counter: UInt32

    public enum Failure: Error, Equatable {
        /// The URI has no such parameters, or of another length.
        case malformed
        /// It was not made with these keys.
        case wrongKey
        /// This counter, or a later one, was seen before.
        case replayed(counter: UInt32)
    }

    /// Decrypts `e`, checks `c`. Both are query parameters in hexadecimal.
    public init(uri: String, readKey: AESKey, codeKey: AESKey) throws(Failure) {
        guard let sealed = Self.bytes(of: "e", in: uri), sealed.count == 16,
            let code = Self.bytes(of: "c", in: uri), code.count == 8,
            let plain = readKey.decrypt(sealed)
        else { throw .malformed }
        // C7: seven bytes of UID and three of counter follow.
        guard plain[0] == 0xC7 else { throw .wrongKey }
        uid = Array(plain[1..<8])
        counter = UInt32(plain[8]) | UInt32(plain[9]) << 8 | UInt32(plain[10]) << 16
        guard Self.code(uid: uid, counter: Array(plain[8..<11]), key: codeKey).isSame(as: code)
        else { throw .wrongKey }
    }

    /// The odd bytes of the code over nothing, by the key of this tap.
    public static func code(uid: [UInt8], counter: [UInt8], key: AESKey) -> [UInt8] {
        let vector: [UInt8] = [0x3C, 0xC3, 0x00, 0x01, 0x00, 0x80] + uid + counter
        guard let session = AESKey(key.code(for: vector)) else {
            preconditionFailure("bug: an authentication code has another length")
        }
        let whole = session.code(for: [])
        return stride(from: 1, to: 16, by: 2).map { whole[$0] }
    }

    private static func bytes(of name: String, in uri: String) -> [UInt8]? {
        guard let query = uri.split(separator: "?", maxSplits: 1).dropFirst().first else {
            return nil
        }
        let values = query.split(separator: "&").compactMap { part -> Substring? in
            let pair = part.split(separator: "=", maxSplits: 1)
            return pair.count == 2 && pair[0] == name ? pair[1] : nil
        }
        return values.count == 1 ? [UInt8](hexadecimal: values[0]) : nil
    }
}

/// The highest counter of each tag, so that no message counts twice.
public struct TapCounters: Sendable, Equatable {
    private var highest: [[UInt8]: UInt32] = [:]

    public init() {}

    /// Takes a message once; an old one throws and changes nothing.
    public mutating func accept(_ message: SUNMessage) throws(SUNMessage.Failure) {
        if let known = highest[message.uid], message.counter <= known {
            throw .replayed(counter: message.counter)
        }
        highest[message.uid] = message.counter
    }
}

extension Array where Element == UInt8 {
    /// nil: an odd number of digits, or something else among them.
    public init?(hexadecimal text: some StringProtocol) {
        let digits = text.map(\.hexDigitValue)
        guard digits.count.isMultiple(of: 2), !digits.contains(nil) else { return nil }
        let values = digits.compactMap { $0 }
        self = stride(from: 0, to: values.count, by: 2).map {
            UInt8(values[$0] << 4 | values[$0 + 1])
        }
    }

    /// Capital letters, no spaces.
    public var hexadecimal: String {
        map { byte in
            let digits = String(byte, radix: 16, uppercase: true)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
    }
}
