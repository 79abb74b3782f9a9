import Crypto
public import FoundationEssentials

/// The second factor: six digits that a telephone shows for 30 seconds (RFC 6238, HMAC-SHA-1).
public struct OneTimePassword: Sendable, Equatable {
    /// In bytes: RFC 4226, section 4, wants 128 bits and advises 160.
    static let keyBytes = 20
    public static let stepSeconds: Int64 = 30
    /// Telephones are off by so many steps at most.
    static let window: Int64 = 1
    private static let digits = 6

    public let key: Data

    public init(key: Data) {
        self.key = key
    }

    /// A new key.
    public static func make() -> OneTimePassword {
        OneTimePassword(key: Data((0..<keyBytes).map { _ in UInt8.random(in: 0...255) }))
    }

    /// The step whose digits these are; nil: none near `seconds`, or none after `last`.
    ///
    /// `last`: the step that was used last. A code is good once: RFC 6238, section 5.2.
    public func step(of typed: String, seconds: Int64, after last: Int64) -> Int64? {
        let now = seconds / Self.stepSeconds
        let digits = typed.filter { $0 != " " }
        // Every step is computed, so that the time tells nothing.
        let hits = (now - Self.window...now + Self.window).filter {
            Self.isEqual(text(at: $0), digits)
        }
        return hits.first { $0 > last }
    }

    /// The digits of a step: RFC 4226, section 5.3.
    public func text(at step: Int64) -> String {
        text(at: step, digits: Self.digits)
    }

    func text(at step: Int64, digits: Int) -> String {
        let counter = withUnsafeBytes(of: step.bigEndian) { Data($0) }
        let code = HMAC<Insecure.SHA1>.authenticationCode(
            for: counter, using: SymmetricKey(data: key))
        let bytes = Array(code)
        let offset = Int(bytes[19] & 15)
        let number = bytes[offset..<offset + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        let modulus = (0..<digits).reduce(UInt32(1)) { product, _ in product * 10 }
        let text = String((number & 0x7FFF_FFFF) % modulus)
        return String(repeating: "0", count: digits - text.count) + text
    }

    /// What a telephone reads from a QR code.
    public func link(for name: UserName) -> String {
        "otpauth://totp/ScanStation:\(Self.escaped(name.description))"
            + "?secret=\(Base32.text(key))&issuer=ScanStation"
    }

    /// For those who type it: in groups of four.
    public var keyText: String {
        let letters = Array(Base32.text(key))
        return stride(from: 0, to: letters.count, by: 4)
            .map { String(letters[$0..<min($0 + 4, letters.count)]) }.joined(separator: " ")
    }

    private static func isEqual(_ one: String, _ other: String) -> Bool {
        guard one.utf8.count == other.utf8.count else { return false }
        return zip(one.utf8, other.utf8).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }

    private static func escaped(_ text: String) -> String {
        text.utf8.map { byte in
            let scalar = Unicode.Scalar(byte)
            let isPlain =
                byte < 128
                && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
            let hex = String(byte, radix: 16, uppercase: true)
            return isPlain ? String(scalar) : "%" + (hex.count == 1 ? "0" + hex : hex)
        }.joined()
    }
}

/// RFC 4648, section 6, without padding.
enum Base32 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")

    static func text(_ data: Data) -> String {
        var (text, bits, count) = ("", 0, 0)
        for byte in data {
            (bits, count) = ((bits << 8 | Int(byte)) & 0xFFFF, count + 8)
            while count >= 5 {
                text.append(alphabet[bits >> (count - 5) & 31])
                count -= 5
            }
        }
        if count > 0 { text.append(alphabet[bits << (5 - count) & 31]) }
        return text
    }
}
