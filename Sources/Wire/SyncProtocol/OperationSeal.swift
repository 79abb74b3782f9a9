public import Crypto
import FoundationEssentials
public import Replication
import SwiftProtobuf

/// The hub's signature on an operation that was made at the hub.
///
/// A hub that was put back knows by it what it made and lost, whoever brings it: docs/protocol.md,
/// section 7.
public struct OperationSeal: Sendable {
    private let key: Curve25519.Signing.PrivateKey
    private let tenant: String

    /// `tenant`: what is sealed for one counts for no other.
    public init(key: Curve25519.Signing.PrivateKey, tenant: String) {
        (self.key, self.tenant) = (key, tenant)
    }

    /// The kind bytes of `operation` with its seal; `chain`: the one before it.
    public func sealedBytes(
        of operation: Operation, after chain: [UInt8]
    ) throws -> [UInt8] {
        let plain = operation.kindBytes
        let seal = try key.signature(for: signed(operation, plain, chain))
        let field = WireOperation.with { $0.seal = seal }
        return plain + (try field.serializedBytes() as [UInt8])
    }

    /// Whether this hub made `entry`; `chain`: the one before it.
    public func isOwn(_ entry: Run.Entry, after chain: [UInt8]) throws(WireError) -> Bool {
        var wire = try parse(entry.kindBytes)
        let seal = wire.seal
        wire.seal = Data()
        // Serialising a message without required fields can't fail.
        guard let plain = try? wire.serializedBytes() as [UInt8] else { return false }
        return key.publicKey.isValidSignature(seal, for: signed(entry.operation, plain, chain))
    }

    private func signed(_ operation: Operation, _ plain: [UInt8], _ chain: [UInt8]) -> Data {
        var bytes = Array("scanstation operation of a hub\n".utf8)
        bytes.append(lengthAndText: tenant)
        bytes += OperationChain.next(chain, operation: operation, kindBytes: plain)
        return Data(bytes)
    }
}
