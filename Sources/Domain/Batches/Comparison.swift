import Replication
public import Scans

/// An expected list beside what was scanned: what is missing, over, wrong and extra.
///
/// Depends on what was scanned, not on its order: lines that ask for more are served first, and
/// goods of which more is known are given out first.
public struct Comparison: Sendable, Equatable {
    public struct Row: Sendable, Equatable {
        /// Of the list's line, from 0.
        public var index: Int
        public var expected: Int64
        public var scanned: Int64

        public var missing: Int64 { max(0, expected - scanned) }
        public var over: Int64 { max(0, scanned - expected) }
    }

    /// Goods that no line of the list asks for.
    public struct Stray: Sendable, Equatable {
        public enum Reason: String, Sendable, Equatable {
            /// The list doesn't name the item at all.
            case extra
            /// It names the item, but another lot, unit or place of it.
            case lot, unit, place
        }

        public var key: BatchContent.Key
        public var pieces: Int64
        public var reason: Reason

        public var isWrong: Bool { reason != .extra }
    }

    /// In the order of the list.
    public internal(set) var rows: [Row] = []
    public internal(set) var strays: [Stray] = []

    public var missing: Int64 { rows.reduce(0) { $0 + $1.missing } }
    public var over: Int64 { rows.reduce(0) { $0 + $1.over } }
    public var extra: Int64 { strays.reduce(0) { $0 + ($1.isWrong ? 0 : $1.pieces) } }
    public var wrong: Int64 { strays.reduce(0) { $0 + ($1.isWrong ? $1.pieces : 0) } }
    public var expected: Int64 { rows.reduce(0) { $0 + $1.expected } }
    /// Of what was expected.
    public var scanned: Int64 { rows.reduce(0) { $0 + min($1.scanned, $1.expected) } }
    /// All of it is there, and nothing else.
    public var isExact: Bool { missing == 0 && over == 0 && strays.isEmpty }
}

/// An expected list, by items.
public struct ExpectedIndex: Sendable, Equatable {
    public let list: ExpectedList
    private let lines: [String: [Int]]
    private let units: Set<SerialCode>

    public init(_ list: ExpectedList) {
        self.list = list
        lines = Dictionary(grouping: list.lines.indices) { list.lines[$0].item.rawValue }
        units = Set(list.lines.map(\.unit)).subtracting([""])
    }

    public func comparison(with content: BatchContent) -> Comparison {
        var result = Comparison()
        let parents = content.parents
        for heading in Set(lines.keys).union(content.headings).sorted() {
            let part = comparison(of: heading, with: content, parents)
            result.rows += part.rows
            result.strays += part.strays
        }
        result.rows.sort { $0.index < $1.index }
        result.strays.sort { $0.key < $1.key }
        return result
    }

    /// The same for one item only, or for one number.
    public func comparison(of subject: BatchSubject, with content: BatchContent) -> Comparison {
        comparison(of: subject.heading, with: content, content.parents)
    }

    private func comparison(
        of heading: String, with content: BatchContent, _ parents: [SerialCode: SerialCode]
    ) -> Comparison {
        let wanted = (lines[heading] ?? []).sorted {
            (list.lines[$1].demands, $0) < (list.lines[$0].demands, $1)
        }
        var result = Comparison()
        result.rows = wanted.map {
            Comparison.Row(index: $0, expected: list.lines[$0].quantity, scanned: 0)
        }
        for (key, sum) in content.groups(of: heading).sorted(by: Self.knownFirst) {
            let path = content.path(of: key.unit, parents)
            let fitting = result.rows.indices.filter {
                list.lines[result.rows[$0].index].fault(in: key, path) == nil
            }
            guard !fitting.isEmpty else {
                result.strays += stray(key, sum.pieces, path, wanted)
                continue
            }
            Self.give(sum.pieces, to: fitting, of: &result.rows)
        }
        return result
    }

    private static func knownFirst(_ left: BatchContent.Group, _ right: BatchContent.Group) -> Bool
    {
        let known = { (key: BatchContent.Key) in
            [key.subject.lot.rawValue, key.unit.rawValue].count { !$0.isEmpty }
        }
        let (one, other) = (known(left.key), known(right.key))
        return one == other ? left.key < right.key : one > other
    }

    /// Up to what each asks for; what is left is over in the last.
    private static func give(
        _ pieces: Int64, to fitting: [Int], of rows: inout [Comparison.Row]
    ) {
        var rest = pieces
        for index in fitting {
            let part = min(rest, rows[index].missing)
            rows[index].scanned += part
            rest -= part
        }
        if let last = fitting.last { rows[last].scanned += rest }
    }

    /// The label of a unit that goods are expected in is no stray.
    private func stray(
        _ key: BatchContent.Key, _ pieces: Int64, _ path: [SerialCode], _ wanted: [Int]
    ) -> [Comparison.Stray] {
        if key.subject.isLogisticUnit {
            let unit = SerialCode(key.subject.code)
            let isNamed = units.contains(unit) || path.contains { units.contains($0) }
            if units.isEmpty || isNamed { return [] }
        }
        let reasons = wanted.compactMap { list.lines[$0].fault(in: key, path) }
        let reason = Comparison.Stray.Reason.order.first { reasons.contains($0) } ?? .extra
        return [Comparison.Stray(key: key, pieces: pieces, reason: reason)]
    }
}

extension Comparison.Stray.Reason {
    /// The one that is told, where several lines don't fit.
    fileprivate static let order: [Self] = [.lot, .unit, .place]
}

extension ExpectedLine {
    /// What about goods of this item doesn't suit the line; nil: they are what it asks for.
    fileprivate func fault(
        in key: BatchContent.Key, _ path: [SerialCode]
    ) -> Comparison.Stray.Reason? {
        if !lot.rawValue.isEmpty, lot != key.subject.lot { return .lot }
        if !unit.rawValue.isEmpty, !path.contains(unit) { return .unit }
        if !place.rawValue.isEmpty, place != key.place { return .place }
        return nil
    }
}
