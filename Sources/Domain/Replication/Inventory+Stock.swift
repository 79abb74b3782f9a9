/// One balance and what it came from.
struct InventoryCell: Sendable {
    struct Posting {
        var position: FeedPosition
        var quantity: Int64
        var slot: Int32
    }

    /// Those in force by ascending position, so that what a count has not seen is at the end.
    var postings: [Posting] = []
    /// Not below any position in `postings`: saves a look at memory that is seldom near.
    private var greatestPosition: FeedPosition = 0
    var stock = StockCell()
    var key: StockKey
    /// Those in force.
    var counts: [(slot: Int, quantity: Int64)] = []
    /// The cell of the same item and lot outside, once an adjustment needed it.
    var outside: Int32?

    init(key: StockKey) {
        self.key = key
    }

    mutating func insert(_ posting: Posting) {
        if posting.position < greatestPosition {
            postings.insert(posting, at: firstIndex(after: posting.position))
        } else {
            greatestPosition = posting.position
            postings.append(posting)
        }
    }

    mutating func remove(slot: Int32, position: FeedPosition) -> Posting? {
        var index = firstIndex(after: position)
        while index > 0, postings[index - 1].position == position {
            index -= 1
            if postings[index].slot == slot { return postings.remove(at: index) }
        }
        return nil
    }

    /// Of the first posting that stands after `position`.
    func firstIndex(after position: FeedPosition) -> Int {
        var (low, high) = (0, postings.count)
        while low < high {
            let middle = (low + high) / 2
            if postings[middle].position <= position { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

extension Inventory {
    mutating func cell(_ key: StockKey) -> Int32 {
        if let known = cellIndex[key] { return known }
        let index = Int32(cells.count)
        cells.append(InventoryCell(key: key))
        cellIndex[key] = index
        return index
    }

    /// The other side of an adjustment, without looking it up by its name each time.
    mutating func outside(of near: Int32) -> Int32 {
        if let known = cells[Int(near)].outside { return known }
        let index = cell(cells[Int(near)].key.at(.outside))
        cells[Int(near)].outside = index
        return index
    }

    mutating func post(_ slot: Int, near: Int32, far: Int32, _ quantity: Int64) {
        guard near != far else { return post(slot, 0, in: Int(near)) }
        post(slot, quantity, in: Int(near))
        post(slot, 0 &- quantity, in: Int(far))
    }

    mutating func withdraw(_ slot: Int, near: Int32, far: Int32) {
        withdraw(slot, from: Int(near))
        if near != far { withdraw(slot, from: Int(far)) }
    }

    private mutating func post(_ slot: Int, _ quantity: Int64, in cell: Int) {
        let position = entries[slot].mark.position
        cells[cell].insert(.init(position: position, quantity: quantity, slot: Int32(slot)))
        cells[cell].stock.post(quantity, sight(of: slot, in: cell))
    }

    private mutating func withdraw(_ slot: Int, from cell: Int) {
        let position = entries[slot].mark.position
        guard let posting = cells[cell].remove(slot: Int32(slot), position: position) else {
            return
        }
        cells[cell].stock.withdraw(posting.quantity, sight(of: slot, in: cell))
    }

    private func sight(of slot: Int, in cell: Int) -> Sight {
        guard let count = cells[cell].stock.count else { return .later }
        return Sight(of: entries[slot].mark, from: count.mark, saw: lineage.saw)
    }

    mutating func insertCount(_ slot: Int, quantity: Int64, in cell: Int) {
        cells[cell].counts.append((slot, quantity))
        if let standing = cells[cell].stock.count?.mark,
            !standing.yields(to: entries[slot].mark)
        {
            return
        }
        stand((slot, quantity), in: cell)
    }

    mutating func removeCount(_ slot: Int, from cell: Int) {
        cells[cell].counts.removeAll { $0.slot == slot }
        guard cells[cell].stock.count?.mark.id == entries[slot].mark.id else { return }
        let next = cells[cell].counts.max {
            entries[$0.slot].mark.yields(to: entries[$1.slot].mark)
        }
        stand(next, in: cell)
    }

    private mutating func stand(_ count: (slot: Int, quantity: Int64)?, in cell: Int) {
        guard let count else {
            return cells[cell].stock.stand(nil, unseen: [])
        }
        let mark = entries[count.slot].mark
        let unseen = unseenPostings(in: cell, from: mark)
        cells[cell].stock.stand((mark, count.quantity), unseen: unseen)
    }

    private func unseenPostings(
        in cell: Int, from count: OperationMark
    ) -> [(quantity: Int64, sight: Sight)] {
        let postings = cells[cell].postings
        var result: [(quantity: Int64, sight: Sight)] = []
        for posting in postings[cells[cell].firstIndex(after: count.base)...] {
            let mark = entries[Int(posting.slot)].mark
            let sight = Sight(of: mark, from: count, saw: lineage.saw)
            if sight != .seen { result.append((posting.quantity, sight)) }
        }
        return result
    }
}
