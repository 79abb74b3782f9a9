public import Crypto
import FoundationEssentials

/// Signs requests after RFC 9421 with an Ed25519 key.
public struct RequestSigner: Sendable {
    private let keyID: String
    private let privateKey: Curve25519.Signing.PrivateKey

    public init(keyID: String, privateKey: Curve25519.Signing.PrivateKey) {
        self.keyID = keyID
        self.privateKey = privateKey
    }

    /// The headers that make a request a signed one: digest, what is signed, and the signature.
    ///
    /// - Parameters:
    ///   - path: with its query, as in the request line.
    ///   - body: as it is sent, so after gzip.
    ///   - contentType: of the body; nil when there is none.
    ///   - created: seconds since 1970, by the clock of whoever checks.
    ///   - nonce: never the same twice; 8 to 64 characters of ASCII.
    public func headers(
        method: String, path: String, body: [UInt8], contentType: String?, created: Int64,
        nonce: String
    ) throws -> [(String, String)] {
        let digest = ContentDigest.header(for: body)
        let request = SignedRequest(method: method, path: path, body: body) { name in
            switch name {
            case "content-digest": digest
            case "content-type": contentType
            default: nil
            }
        }
        let input = SignatureInput(
            components: RequestVerifier.components(hasContent: contentType != nil),
            parameters: [
                ("created", .integer(created)), ("nonce", .string(nonce)),
                ("keyid", .string(keyID)), ("alg", .string("ed25519")),
            ])
        let signature = try privateKey.signature(for: Data(request.base(input).utf8))
        return [
            ("Content-Digest", digest),
            ("Signature-Input", "sig1=" + input.text),
            ("Signature", "sig1=:" + signature.base64EncodedString() + ":"),
        ]
    }
}
