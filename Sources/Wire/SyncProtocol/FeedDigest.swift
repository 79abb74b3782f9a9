import Crypto
public import Replication

/// The hash over operations in order of their positions: two ledgers that agree on it hold the
/// same operations, with the same standing.
///
/// The first 16 bytes of SHA-256 over, for each operation: position, incarnation, sequence, clock,
/// base, rank, 1 or 0 for refused or not in one byte, device, operator, kind bytes. Numbers are
/// 8 bytes, big end first; texts and kind bytes stand after their length in 4 bytes.
public struct FeedDigest {
    private var hash = SHA256()

    public init() {}

    public mutating func add(_ operation: Operation, _ standing: Standing, kindBytes: [UInt8]) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(kindBytes.count + 128)
        bytes.append(bigEndian: standing.position ?? 0)
        bytes.append(bigEndian: operation.id.incarnation.rawValue)
        bytes.append(bigEndian: operation.id.sequence)
        bytes.append(bigEndian: operation.clock.rawValue)
        bytes.append(bigEndian: operation.base)
        bytes.append(bigEndian: standing.rank)
        bytes.append(standing.isRefused ? 1 : 0)
        bytes.append(lengthAndText: operation.device)
        bytes.append(lengthAndText: operation.operator)
        bytes.append(bigEndian: UInt32(kindBytes.count))
        bytes.append(contentsOf: kindBytes)
        hash.update(data: bytes)
    }

    /// 16 bytes.
    public var value: [UInt8] { Array(hash.finalize().prefix(OperationChain.lengthBytes)) }
}
