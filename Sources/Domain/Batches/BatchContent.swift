public import GS1
public import Replication
public import Scans

/// All that a batch, or several, hold: an order-free fold over the lines that remain.
///
/// The same lines give the same content, in whatever order they came; taking one back leaves what
/// there would be without it.
public struct BatchContent: Sendable, Equatable {
    /// What is added up: one lot with one date of one item, at one place, in one unit.
    public struct Key: Sendable, Hashable {
        public var place: PlaceCode
        public var unit: SerialCode
        public var subject: BatchSubject
        public var expiry: CalendarDate?
    }

    public struct Sum: Sendable, Equatable {
        public var lines: Int
        public var pieces: Int64
    }

    public typealias Group = (key: Key, sum: Sum)

    private var goods: [OperationID: BatchGoods] = [:]
    /// By the item, so that one scan looks at its own item only.
    private var sums: [String: [Key: Sum]] = [:]

    public init() {}

    public init(_ lines: some Sequence<BatchGoods>) {
        for line in lines { insert(line) }
    }

    /// A line that is there already is the same line.
    public mutating func insert(_ line: BatchGoods) {
        guard goods.updateValue(line, forKey: line.line) == nil else { return }
        add(line, lines: 1, pieces: line.quantity)
    }

    public mutating func remove(_ line: OperationID) {
        guard let gone = goods.removeValue(forKey: line) else { return }
        add(gone, lines: -1, pieces: -gone.quantity)
    }

    private mutating func add(_ line: BatchGoods, lines: Int, pieces: Int64) {
        let key = Key(
            place: line.place, unit: line.unit, subject: line.subject, expiry: line.expiry)
        let item = line.subject.heading
        var sum = sums[item]?[key] ?? Sum(lines: 0, pieces: 0)
        sum.lines += lines
        sum.pieces += pieces
        sums[item, default: [:]][key] = sum.lines == 0 ? nil : sum
        if sums[item]?.isEmpty ?? false { sums[item] = nil }
    }

    public subscript(line: OperationID) -> BatchGoods? { goods[line] }
    public var lines: Int { goods.count }
    public var pieces: Int64 { goods.values.reduce(0) { $0 + $1.quantity } }

    /// In the order of places, units, items, lots and dates.
    public var groups: [Group] { sorted(sums.values.flatMap { $0 }) }

    func groups(of heading: String) -> [Group] { sorted(sums[heading].map(Array.init) ?? []) }

    var headings: Dictionary<String, [Key: Sum]>.Keys { sums.keys }

    private func sorted(_ groups: [(Key, Sum)]) -> [Group] {
        groups.sorted { $0.0 < $1.0 }.map { ($0.0, $0.1) }
    }

    /// In which unit a unit lies; nil: in none. Where stations disagree, the last line goes.
    var parents: [SerialCode: SerialCode] {
        var known: [SerialCode: BatchGoods] = [:]
        for line in goods.values where line.subject.isLogisticUnit && !line.unit.rawValue.isEmpty {
            let unit = SerialCode(line.subject.code)
            if let other = known[unit], other.line > line.line { continue }
            known[unit] = line
        }
        return known.mapValues(\.unit)
    }
}

extension BatchContent.Key: Comparable {
    public static func < (left: Self, right: Self) -> Bool {
        if left.place != right.place { return left.place < right.place }
        if left.unit != right.unit { return left.unit < right.unit }
        if left.subject != right.subject {
            return left.subject.stored < right.subject.stored
        }
        return (left.expiry?.description ?? "") < (right.expiry?.description ?? "")
    }
}

extension BatchSubject {
    /// What its sums are found by: the item, or the number of what is none.
    var heading: String { item?.rawValue ?? code }
}
