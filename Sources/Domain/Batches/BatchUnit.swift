public import Replication
import Scans

/// A logistic unit with what lies in it: goods, and units in turn.
public struct BatchUnit: Sendable, Equatable {
    public var unit: SerialCode
    /// Its own label was scanned, and not only said by what lies in it.
    public var isScanned: Bool
    public var inner: [BatchUnit]
    /// With all that lies in inner units.
    public var pieces: Int64

    init(unit: SerialCode) {
        (self.unit, isScanned, inner, pieces) = (unit, false, [], 0)
    }
}

extension BatchContent {
    /// The units that stand in no other, in order. A unit that was said to stand in itself, by
    /// whatever way round, stands in none.
    public var units: [BatchUnit] {
        let parents = parents
        var children: [SerialCode: [SerialCode]] = [:]
        var roots: [SerialCode] = []
        for unit in unitNames.union(parents.values).sorted() {
            if let parent = parents[unit], !isInItself(unit, parents) {
                children[parent, default: []].append(unit)
            } else {
                roots.append(unit)
            }
        }
        let pieces = piecesByUnit
        return roots.map { tree($0, children, pieces) }
    }

    private var unitNames: Set<SerialCode> {
        Set(
            groups.flatMap { key, _ in
                [key.unit, key.subject.isLogisticUnit ? SerialCode(key.subject.code) : ""]
            }
        ).subtracting([""])
    }

    /// Goods alone: a unit's label is no piece of what lies in it.
    private var piecesByUnit: [SerialCode: Int64] {
        groups.filter { !$0.key.subject.isLogisticUnit }.reduce(into: [:]) {
            $0[$1.key.unit, default: 0] += $1.sum.pieces
        }
    }

    private func isInItself(_ unit: SerialCode, _ parents: [SerialCode: SerialCode]) -> Bool {
        var (at, seen) = (unit, Set<SerialCode>())
        while let next = parents[at] {
            guard seen.insert(next).inserted else { return seen.contains(unit) }
            at = next
        }
        return false
    }

    private func tree(
        _ unit: SerialCode, _ children: [SerialCode: [SerialCode]], _ pieces: [SerialCode: Int64]
    ) -> BatchUnit {
        var node = BatchUnit(unit: unit)
        node.isScanned = !groups(of: unit.rawValue).isEmpty
        node.inner = (children[unit] ?? []).map { tree($0, children, pieces) }
        node.pieces = (pieces[unit] ?? 0) + node.inner.reduce(0) { $0 + $1.pieces }
        return node
    }

    /// The units around a unit, itself first.
    func path(of unit: SerialCode, _ parents: [SerialCode: SerialCode]) -> [SerialCode] {
        var path: [SerialCode] = []
        var at: SerialCode? = unit.rawValue.isEmpty ? nil : unit
        while let unit = at, !path.contains(unit) {
            path.append(unit)
            at = parents[unit]
        }
        return path
    }
}
