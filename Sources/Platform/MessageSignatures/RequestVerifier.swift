public import Crypto
import FoundationEssentials

/// Checks signed requests, in two steps: what a request claims, then whether the key agrees.
///
/// Between the two the caller looks up the key; after them it must remember the nonce for twice
/// the window, for a signature that was seen once is good for one request only.
public struct RequestVerifier: Sendable {
    /// How far a signature's time may lie from the checker's, both ways.
    public let windowSeconds: Int64

    public init(windowSeconds: Int64 = 300) {
        self.windowSeconds = windowSeconds
    }

    /// What the request says of itself. Digest, time and coverage are checked; the key is not.
    public func claim(
        of request: SignedRequest, now: Int64
    ) throws(SignatureError) -> SignatureClaim {
        let (input, signature) = try signatureHeaders(request)
        if let name = input.string("alg"), name != "ed25519" { throw .algorithm(name) }
        let hasContent = !request.body.isEmpty
        for component in Self.components(hasContent: hasContent)
        where !input.components.contains(component) {
            throw .notCovered(component: component)
        }
        let created = try created(input, now: now)
        let keyID = try text("keyid", 1...64, of: input)
        let nonce = try text("nonce", 8...64, of: input)
        guard let digest = request.header("content-digest") else {
            throw .missing(header: "Content-Digest")
        }
        try ContentDigest.check(digest, body: request.body)
        return SignatureClaim(
            keyID: keyID, nonce: nonce, created: created,
            base: Array(try request.base(input).utf8), signature: signature)
    }

    /// What a signature must cover.
    static func components(hasContent: Bool) -> [String] {
        ["@method", "@path", "@query", "content-digest"] + (hasContent ? ["content-type"] : [])
    }

    /// The first signature that both headers name; others are a proxy's.
    private func signatureHeaders(
        _ request: SignedRequest
    ) throws(SignatureError) -> (SignatureInput, [UInt8]) {
        guard let inputText = request.header("signature-input") else {
            throw .missing(header: "Signature-Input")
        }
        guard let signatureText = request.header("signature") else {
            throw .missing(header: "Signature")
        }
        var inputs = try FieldScanner(inputText, header: "Signature-Input")
        var signatures = try FieldScanner(signatureText, header: "Signature")
        let found = try signatures.byteSequences()
        for (label, input) in try inputs.signatureInputs() {
            if let (_, bytes) = found.last(where: { $0.0 == label }) { return (input, bytes) }
        }
        throw .malformed(header: "Signature", "no signature has the label of an input")
    }

    private func created(_ input: SignatureInput, now: Int64) throws(SignatureError) -> Int64 {
        guard let created = input.integer("created") else {
            throw .malformed(header: "Signature-Input", "no created")
        }
        guard (now - windowSeconds...now + windowSeconds).contains(created) else {
            throw .outsideWindow(created: created, now: now)
        }
        return created
    }

    private func text(
        _ name: String, _ lengths: ClosedRange<Int>, of input: SignatureInput
    ) throws(SignatureError) -> String {
        guard let text = input.string(name), lengths.contains(text.utf8.count) else {
            throw .malformed(
                header: "Signature-Input",
                "no \(name) of \(lengths.lowerBound) to \(lengths.upperBound) characters")
        }
        return text
    }
}

/// What a signed request says of itself, before its key has agreed.
public struct SignatureClaim: Sendable {
    public let keyID: String
    public let nonce: String
    /// Seconds since 1970.
    public let created: Int64
    let base: [UInt8]
    let signature: [UInt8]

    /// Throws `SignatureError.wrong` when the signature is not this key's.
    public func check(_ publicKey: Curve25519.Signing.PublicKey) throws(SignatureError) {
        guard publicKey.isValidSignature(signature, for: base) else { throw .wrong }
    }
}
