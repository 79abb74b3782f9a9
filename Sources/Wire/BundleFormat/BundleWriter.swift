public import Crypto
import FoundationEssentials
import Gzip
import SwiftProtobuf
public import SyncProtocol

/// Makes a bundle piece by piece. Every call answers with the bytes that come next.
public struct BundleWriter {
    private var hash = SHA256()

    public init() {}

    public mutating func begin(_ header: WireBundleHeader) throws -> [UInt8] {
        note(Bundle.magic + frame(.header, try header.serializedBytes()))
    }

    public mutating func operations(_ message: WireOpsRequest) throws -> [UInt8] {
        note(frame(.operations, try Gzip.compress(try message.serializedBytes())))
    }

    public mutating func acknowledgement(_ message: WireOpsResponse) throws -> [UInt8] {
        note(frame(.acknowledgement, try Gzip.compress(try message.serializedBytes())))
    }

    public func end(signedBy key: Curve25519.Signing.PrivateKey) throws -> [UInt8] {
        frame(.signature, Array(try key.signature(for: Data(Bundle.signed(hash.finalize())))))
    }

    private mutating func note(_ bytes: [UInt8]) -> [UInt8] {
        hash.update(data: bytes)
        return bytes
    }

    private func frame(_ kind: Bundle.FrameKind, _ content: [UInt8]) -> [UInt8] {
        let length = UInt32(content.count).bigEndian
        return [kind.rawValue] + withUnsafeBytes(of: length) { Array($0) } + content
    }
}
