import Crypto
import FoundationEssentials

/// The three headers by which a receiver knows that a request is ours, whole and new.
///
/// Source: Standard Webhooks 1.0, "Webhook Headers" and "Signature scheme".
struct WebhookSignature {
    let id: String
    /// When it is sent, since 1970.
    let seconds: Int64

    func headers(for body: [UInt8], keys: [[UInt8]]) -> [(String, String)] {
        let signatures = keys.map { "v1," + signature(of: body, key: $0) }
        return [
            ("webhook-id", id), ("webhook-timestamp", "\(seconds)"),
            ("webhook-signature", signatures.joined(separator: " ")),
        ]
    }

    private func signature(of body: [UInt8], key: [UInt8]) -> String {
        var code = HMAC<SHA256>(key: SymmetricKey(data: key))
        code.update(data: Data("\(id).\(seconds).".utf8))
        code.update(data: body)
        return Data(code.finalize()).base64EncodedString()
    }
}
