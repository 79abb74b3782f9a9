import FoundationEssentials
public import Replication
import SwiftProtobuf

/// Operations of one incarnation, without a gap, as they go over the wire.
public struct Run: Sendable, Equatable {
    public var incarnation: Incarnation
    /// Where the incarnation grew from; nil for a station's first.
    public var link: IncarnationLink?
    public var operations: [Entry]
    /// After the last operation; nil when the sender didn't say.
    public var chain: [UInt8]?

    /// One operation and the bytes of its kind, which are kept as they came.
    public struct Entry: Sendable, Equatable {
        public var operation: Operation
        public var kindBytes: [UInt8]
        /// The operation of a forked incarnation that this one makes anew; the bytes say it too.
        public var origin: OperationOrigin?

        public init(
            _ operation: Operation, kindBytes: [UInt8], origin: OperationOrigin? = nil
        ) {
            self.operation = operation
            self.kindBytes = kindBytes
            self.origin = origin
        }
    }

    public init(
        incarnation: Incarnation, link: IncarnationLink?, operations: [Entry], chain: [UInt8]?
    ) {
        self.incarnation = incarnation
        self.link = link
        self.operations = operations
        self.chain = chain
    }
}

extension Run {
    public var wire: WireRun {
        get throws(WireError) {
            var wire = WireRun()
            wire.incarnation = incarnation.rawValue
            wire.firstSequence = operations.first?.operation.id.sequence ?? 0
            wire.operations = try wireOperations(operations)
            if let chain { wire.chain = Data(chain) }
            if let link { wire.parent = link.wire }
            return wire
        }
    }

    /// Reads a run of the station that signed the request.
    public init(_ wire: WireRun, station: StationCode) throws(WireError) {
        guard wire.incarnation != 0 else { throw .missing("run.incarnation") }
        guard wire.firstSequence != 0 else { throw .missing("run.firstSequence") }
        let incarnation = Incarnation(rawValue: wire.incarnation)
        guard !wire.hasParent || ![0, wire.incarnation].contains(wire.parent.incarnation) else {
            throw .malformed("run of \(incarnation) with parent \(wire.parent.incarnation)")
        }
        self.init(
            incarnation: incarnation,
            link: wire.hasParent ? IncarnationLink(wire.parent) : nil,
            operations: try entries(
                wire.operations, incarnation: incarnation, firstSequence: wire.firstSequence,
                station: station),
            chain: wire.chain.isEmpty ? nil : Array(wire.chain))
    }
}

extension IncarnationLink {
    public var wire: WireOperationReference {
        OperationID(incarnation: parent, sequence: sequence).wire
    }

    public init(_ wire: WireOperationReference) {
        self.init(parent: Incarnation(rawValue: wire.incarnation), sequence: wire.sequence)
    }
}

/// Writes operations, each leaning on the one before it.
func wireOperations(_ entries: [Run.Entry]) throws(WireError) -> [WireOperation] {
    var result: [WireOperation] = []
    result.reserveCapacity(entries.count)
    var (clock, base, device, actor) = (Int64(0), Int64(0), "", "")
    for entry in entries {
        let operation = entry.operation
        var wire = try parse(entry.kindBytes)
        wire.clockDelta = UInt64(bitPattern: operation.clock.rawValue &- clock)
        wire.baseDelta = Int64(bitPattern: operation.base) &- base
        if operation.device != device { wire.device = operation.device }
        if operation.operator != actor { wire.operator = operation.operator }
        result.append(wire)
        (clock, base) = (operation.clock.rawValue, Int64(bitPattern: operation.base))
        (device, actor) = (operation.device, operation.operator)
    }
    return result
}

/// Reads what `wireOperations` wrote.
func entries(
    _ wires: [WireOperation], incarnation: Incarnation, firstSequence: UInt64,
    station: StationCode
) throws(WireError) -> [Run.Entry] {
    var result: [Run.Entry] = []
    result.reserveCapacity(wires.count)
    var (clock, base, device, actor) = (Int64(0), Int64(0), "", "")
    for (index, wire) in wires.enumerated() {
        clock &+= Int64(bitPattern: wire.clockDelta)
        base &+= wire.baseDelta
        if wire.hasDevice { device = wire.device }
        if wire.hasOperator { actor = wire.operator }
        let operation = Operation(
            id: OperationID(
                incarnation: incarnation, sequence: firstSequence &+ UInt64(index)),
            station: station, clock: HybridTime(rawValue: clock),
            base: FeedPosition(bitPattern: base), device: device, operator: actor,
            kind: try OperationKind(wire), amends: wire.amendedOperation)
        result.append(
            Run.Entry(
                operation, kindBytes: kindBytes(of: wire),
                origin: wire.hasOrigin ? OperationOrigin(wire.origin) : nil))
    }
    return result
}

func parse(_ bytes: [UInt8]) throws(WireError) -> WireOperation {
    do {
        return try WireOperation(serializedBytes: bytes)
    } catch {
        throw .malformed("stored operation: \(error)")
    }
}

/// The kind alone, with any field that this program doesn't know.
private func kindBytes(of wire: WireOperation) -> [UInt8] {
    var kind = wire
    kind.clockDelta = 0
    kind.baseDelta = 0
    kind.clearDevice()
    kind.clearOperator()
    // Serialising a message without required fields can't fail.
    return (try? kind.serializedBytes()) ?? []
}
