/// A value that several may write: where a numbered piece is, what a field of an item says.
///
/// The write of highest rank holds. Writes that no other one knew of stay visible beside it,
/// until a write that saw them all settles the matter.
public struct Register<Value: Hashable & Sendable>: Hashable, Sendable {
    public struct Write: Hashable, Sendable {
        public var mark: OperationMark
        public var value: Value

        public init(mark: OperationMark, value: Value) {
            self.mark = mark
            self.value = value
        }
    }

    /// Those in force, in any order.
    public private(set) var writes: [Write]

    public init(writes: [Write] = []) {
        self.writes = writes
    }

    public mutating func insert(_ write: Write) {
        writes.append(write)
    }

    public mutating func remove(_ id: OperationID) {
        writes.removeAll { $0.mark.id == id }
    }

    /// The write that holds; nil when all were undone.
    public var winner: Write? {
        writes.max { $0.mark.yields(to: $1.mark) }
    }

    /// The writes that no other write had seen. `saw` answers whether the maker of its second
    /// argument knew of its first.
    public func maximal(
        _ saw: (OperationMark, OperationMark) throws -> Bool
    ) rethrows -> [Write] {
        guard writes.count > 1 else { return writes }
        let greatestBase = writes.reduce(0) { max($0, $1.mark.base) }
        let last = lastOfEachIncarnation
        return try writes.filter { write in
            guard write.mark.position > greatestBase else { return false }
            return try !last.contains { try saw(write.mark, $0) }
        }
    }

    /// What a lineage holds it holds before the last write of an incarnation, if before any.
    private var lastOfEachIncarnation: [OperationMark] {
        var last: [Incarnation: OperationMark] = [:]
        for write in writes {
            let mark = write.mark
            if let known = last[mark.id.incarnation], known.id > mark.id { continue }
            last[mark.id.incarnation] = mark
        }
        return Array(last.values)
    }
}
