public import Replication
public import SyncProtocol

/// A stored operation.
public struct LoggedOperation: Sendable, Equatable {
    public var operation: Operation
    public var standing: Standing
    /// The kind as it came over the wire, byte for byte, so that unknown kinds survive.
    public var kindBytes: [UInt8]
    /// Hash chain after this operation; empty when the incarnation is another station's.
    public var chain: [UInt8]
    /// Why it has no effect. Goes with `standing.isRefused`.
    public var refusal: Refusal?

    public init(
        operation: Operation, standing: Standing, kindBytes: [UInt8], chain: [UInt8],
        refusal: Refusal? = nil
    ) {
        self.operation = operation
        self.standing = standing
        self.kindBytes = kindBytes
        self.chain = chain
        self.refusal = refusal
    }

    public var ranked: RankedOperation { RankedOperation(operation, standing) }
}
