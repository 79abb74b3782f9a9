import FoundationEssentials
public import Replication
import SwiftProtobuf

/// The operation that another one makes anew: after a fork its number alone names two.
public struct OperationOrigin: Hashable, Sendable {
    public var id: OperationID
    /// The hash chain after it, which tells it from what a copy gave the same number to.
    public var chain: [UInt8]

    public init(id: OperationID, chain: [UInt8]) {
        self.id = id
        self.chain = chain
    }

    init(_ wire: WireOrigin) {
        id = OperationID(
            incarnation: Incarnation(rawValue: wire.incarnation), sequence: wire.sequence)
        chain = Array(wire.chain)
    }

    /// nil: an operation that was made but once.
    public init?(kindBytes: [UInt8]) throws(WireError) {
        let wire = try parse(kindBytes)
        guard wire.hasOrigin else { return nil }
        self.init(wire.origin)
    }

    /// `kindBytes` of an operation that says this of itself.
    public func added(to kindBytes: [UInt8]) throws(WireError) -> [UInt8] {
        var wire = try parse(kindBytes)
        wire.origin = .with {
            ($0.incarnation, $0.sequence) = (id.incarnation.rawValue, id.sequence)
            $0.chain = Data(chain)
        }
        return bytes(of: wire)
    }
}

/// Operations that got another name, by the one that they had.
public struct Renaming: Sendable {
    private var names: [OperationID: OperationID] = [:]

    public init() {}

    /// The new name; nil: it kept its own.
    public subscript(old: OperationID) -> OperationID? {
        get { names[old] }
        set { names[old] = newValue }
    }

    /// `kindBytes` with every operation that they name by its new name; what else they hold stays.
    public func applied(to kindBytes: [UInt8]) throws(WireError) -> [UInt8] {
        var wire = try parse(kindBytes)
        switch wire.kind {
        case .undo(var undo):
            undo.target = name(undo.target)
            wire.undo = undo
        case .batchRemove(var removal):
            removal.lines = removal.lines.map(name)
            wire.batchRemove = removal
        default: return kindBytes
        }
        return bytes(of: wire)
    }

    private func name(_ wire: WireOperationReference) -> WireOperationReference {
        names[OperationID(wire)]?.wire ?? wire
    }
}

private func bytes(of wire: WireOperation) -> [UInt8] {
    // Serialising a message without required fields can't fail.
    (try? wire.serializedBytes()) ?? []
}
