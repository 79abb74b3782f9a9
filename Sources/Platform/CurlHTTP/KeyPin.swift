/// What tells one TLS key from all others: `sha256//` and the SHA-256 of the key's
/// SubjectPublicKeyInfo in base64, as libcurl and RFC 7469 have it.
public struct KeyPin: Sendable, Hashable, CustomStringConvertible {
    private static let prefix = "sha256//"
    /// 32 bytes in base64.
    private static let digestLength = 44

    public let text: String

    /// nil: no such pin.
    public init?(_ text: String) {
        guard text.hasPrefix(Self.prefix), text.hasSuffix("="),
            text.utf8.count == Self.prefix.utf8.count + Self.digestLength,
            text.dropFirst(Self.prefix.count).dropLast().utf8.allSatisfy(Self.isBase64)
        else { return nil }
        self.text = text
    }

    public var description: String { text }

    private static func isBase64(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "/"):
            true
        default: false
        }
    }
}
