/// Why a request's signature was not accepted. `code` is stable: docs/errors.md.
public enum SignatureError: Error, Equatable, Sendable {
    /// The request carries no signature, or no content digest.
    case missing(header: String)
    /// A header that can't be read as its RFC says.
    case malformed(header: String, String)
    /// A part of the request that must be signed is not.
    case notCovered(component: String)
    /// The content is not what was signed.
    case digestMismatch
    /// Signed too long ago, or in the future, by the clock of whoever checks.
    case outsideWindow(created: Int64, now: Int64)
    /// An algorithm other than Ed25519.
    case algorithm(String)
    /// The signature doesn't fit the request and the key.
    case wrong

    public var code: String {
        switch self {
        case .missing: "signature-missing"
        case .malformed: "signature-malformed"
        case .notCovered: "signature-incomplete"
        case .digestMismatch: "digest-mismatch"
        case .outsideWindow: "signature-expired"
        case .algorithm: "signature-algorithm"
        case .wrong: "signature-wrong"
        }
    }
}

extension SignatureError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .missing(let header): "the request has no \(header) header"
        case .malformed(let header, let why): "\(header) can't be read: \(why)"
        case .notCovered(let component): "the signature must cover \(component)"
        case .digestMismatch: "the content is not the one that Content-Digest names"
        case .outsideWindow(let created, let now):
            "the request was signed at \(created), and it is \(now): set the clock"
        case .algorithm(let name): "the algorithm \(name) is not taken, only ed25519"
        case .wrong: "the signature doesn't fit the request"
        }
    }
}
