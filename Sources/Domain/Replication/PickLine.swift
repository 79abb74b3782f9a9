/// What was picked for one line of an order. More than was ordered is shown, never dropped.
public struct PickLine: Hashable, Sendable {
    public struct Pick: Hashable, Sendable {
        public var mark: OperationMark
        public var quantity: Int64

        public init(mark: OperationMark, quantity: Int64) {
            self.mark = mark
            self.quantity = quantity
        }
    }

    /// Those in force, in any order.
    public private(set) var picks: [Pick]
    public private(set) var picked: Int64

    public init(picks: [Pick] = []) {
        self.picks = picks
        self.picked = picks.reduce(0) { $0 &+ $1.quantity }
    }

    public mutating func insert(_ pick: Pick) {
        picks.append(pick)
        picked &+= pick.quantity
    }

    public mutating func remove(_ id: OperationID) {
        guard let index = picks.firstIndex(where: { $0.mark.id == id }) else { return }
        picked &-= picks.remove(at: index).quantity
    }

    public func excess(over ordered: Int64) -> Int64 {
        max(0, picked &- ordered)
    }

    /// Who must bring back how much: the excess falls to the picks of highest rank.
    public func returns(over ordered: Int64) -> [(id: OperationID, quantity: Int64)] {
        var left = excess(over: ordered)
        var result: [(id: OperationID, quantity: Int64)] = []
        for pick in picks.sorted(by: { $1.mark.yields(to: $0.mark) }) where left > 0 {
            guard pick.quantity > 0 else { continue }
            let share = min(left, pick.quantity)
            result.append((pick.mark.id, share))
            left -= share
        }
        return result
    }
}
