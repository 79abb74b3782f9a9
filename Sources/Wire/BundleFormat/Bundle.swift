import Crypto

/// The form of a file that carries operations, or their acknowledgement, by hand.
///
/// A line that says what it is, then frames: a letter, a length of 4 bytes, big end first, and so
/// many bytes. `H` a header, `O` operations or `A` acknowledgements, gzipped, and at the end `S`,
/// an Ed25519 signature over all that stands before it. docs/bundles.md.
public enum Bundle {
    static let magic = Array("SSBUNDLE1\n".utf8)
    /// What a version is known by, without its number.
    static let family = Array("SSBUNDLE".utf8)
    static let frameLimitBytes = 8 << 20
    static let contentLimitBytes = 64 << 20
    static let signatureBytes = 64

    enum FrameKind: UInt8 {
        case header = 0x48
        case operations = 0x4F
        case acknowledgement = 0x41
        case signature = 0x53
    }

    /// What is signed: no other signature of the same key means the same.
    static func signed(_ digest: SHA256Digest) -> [UInt8] {
        Array("scanstation bundle 1\0".utf8) + Array(digest)
    }
}
