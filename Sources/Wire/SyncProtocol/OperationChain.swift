import Crypto
public import Replication

/// The hash chain over the operations of one incarnation.
///
/// Two databases that agree on the chain after an operation agree on everything up to it.
/// `next = first 16 bytes of SHA-256(previous ‖ incarnation ‖ sequence ‖ clock ‖ base ‖ device ‖
/// operator ‖ kind bytes)`: numbers are 8 bytes, big end first, texts are UTF-8 after their
/// length in 4 bytes. docs/protocol.md has an example.
public enum OperationChain {
    public static let lengthBytes = 16
    /// Before the first operation.
    public static let start = [UInt8](repeating: 0, count: lengthBytes)

    /// The chain after `operation`. `kindBytes` are those that were or will be stored.
    public static func next(
        _ previous: [UInt8], operation: Operation, kindBytes: [UInt8]
    ) -> [UInt8] {
        var bytes = previous
        bytes.reserveCapacity(previous.count + kindBytes.count + 96)
        bytes.append(bigEndian: operation.id.incarnation.rawValue)
        bytes.append(bigEndian: operation.id.sequence)
        bytes.append(bigEndian: UInt64(bitPattern: operation.clock.rawValue))
        bytes.append(bigEndian: operation.base)
        bytes.append(lengthAndText: operation.device)
        bytes.append(lengthAndText: operation.operator)
        bytes.append(contentsOf: kindBytes)
        return Array(SHA256.hash(data: bytes).prefix(lengthBytes))
    }
}

extension [UInt8] {
    mutating func append(bigEndian number: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: number.bigEndian) { append(contentsOf: $0) }
    }

    mutating func append(lengthAndText text: String) {
        append(bigEndian: UInt32(text.utf8.count))
        append(contentsOf: text.utf8)
    }
}
