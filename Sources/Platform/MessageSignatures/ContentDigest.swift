import Crypto
import FoundationEssentials

/// The Content-Digest header of RFC 9530: over the content as it is sent, so after gzip.
public enum ContentDigest {
    public static func header(for body: [UInt8]) -> String {
        "sha-256=:" + Data(SHA256.hash(data: body)).base64EncodedString() + ":"
    }

    /// Throws when `header` has no SHA-256 of `body`. Other algorithms in it are not looked at.
    public static func check(_ header: String, body: [UInt8]) throws(SignatureError) {
        var scanner = try FieldScanner(header, header: "Content-Digest")
        let digests = try scanner.byteSequences()
        guard let (_, digest) = digests.last(where: { $0.0 == "sha-256" }) else {
            throw .malformed(header: "Content-Digest", "no sha-256")
        }
        guard digest == Array(SHA256.hash(data: body)) else { throw .digestMismatch }
    }
}
