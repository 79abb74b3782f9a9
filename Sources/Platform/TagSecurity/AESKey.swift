import Crypto
import CryptoExtras
import Foundation

/// A key of AES-128, as badges and readers share it. It never prints itself.
public struct AESKey: Sendable, Equatable, CustomStringConvertible {
    public static let lengthBytes = 16
    private let bytes: [UInt8]

    /// nil: these are not sixteen bytes.
    public init?(_ bytes: [UInt8]) {
        guard bytes.count == Self.lengthBytes else { return nil }
        self.bytes = bytes
    }

    public var description: String { "a key" }

    /// For whoever puts it into a tag. Never to be logged.
    public var hexadecimal: String { bytes.hexadecimal }

    private var symmetric: SymmetricKey { SymmetricKey(data: bytes) }

    /// The cipher-based authentication code, sixteen bytes (NIST SP 800-38B).
    public func code(for message: [UInt8]) -> [UInt8] {
        guard var code = try? AES.CMAC(key: symmetric) else {
            preconditionFailure("bug: a key of AES-128 has another length")
        }
        code.update(data: message)
        return Array(code.finalize())
    }

    /// By cipher block chaining from a vector of zeros, without padding.
    ///
    /// nil: these are no whole blocks.
    public func encrypt(_ blocks: [UInt8]) -> [UInt8]? {
        guard Self.areBlocks(blocks), let vector = Self.zeros else { return nil }
        // Whole blocks and a right key leave nothing that could fail.
        return (try? AES._CBC.encrypt(blocks, using: symmetric, iv: vector, noPadding: true))
            .map { Array($0) }
    }

    /// As `encrypt`, back.
    public func decrypt(_ blocks: [UInt8]) -> [UInt8]? {
        guard Self.areBlocks(blocks), let vector = Self.zeros else { return nil }
        // As above.
        return (try? AES._CBC.decrypt(blocks, using: symmetric, iv: vector, noPadding: true))
            .map { Array($0) }
    }

    /// The key of one tag, so that a key taken out of one opens no other (NXP AN10922, section
    /// 2.2).
    ///
    /// `application` and `system` have ten bytes or more together: below, the note pads otherwise.
    public func diversified(uid: [UInt8], application: [UInt8], system: [UInt8]) -> AESKey {
        precondition(
            (17...32).contains(1 + uid.count + application.count + system.count),
            "bug: a diversification input of an odd length")
        guard let key = AESKey(code(for: [0x01] + uid + application + system)) else {
            preconditionFailure("bug: an authentication code has another length")
        }
        return key
    }

    private static var zeros: AES._CBC.IV? {
        // Sixteen bytes are a vector.
        try? AES._CBC.IV(ivBytes: [UInt8](repeating: 0, count: 16))
    }

    private static func areBlocks(_ bytes: [UInt8]) -> Bool {
        !bytes.isEmpty && bytes.count.isMultiple(of: 16)
    }
}

extension Array where Element == UInt8 {
    /// Takes as long whatever differs.
    func isSame(as other: [UInt8]) -> Bool {
        count == other.count && zip(self, other).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }

    /// The first byte goes to the end.
    var rotated: [UInt8] { Array(dropFirst() + prefix(1)) }
}
