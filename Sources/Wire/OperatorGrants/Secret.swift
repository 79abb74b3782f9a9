import Crypto
import FoundationEssentials

/// 256 bits of chance, as text: what browsers and programs show. Only hashes of them are kept.
public enum Secret {
    /// `prefix` tells people and secret scanners what it is.
    public static func make(prefix: String = "") -> String {
        let bytes = (0..<32).map { _ in UInt8.random(in: 0...255) }
        // RFC 4648, section 5, without padding.
        return prefix
            + Data(bytes).base64EncodedString().replacing("+", with: "-")
            .replacing("/", with: "_").replacing("=", with: "")
    }

    /// One hash is enough: nobody tries 2^256.
    public static func hash(_ secret: String) -> [UInt8] {
        Array(SHA256.hash(data: Data(secret.utf8)))
    }
}
