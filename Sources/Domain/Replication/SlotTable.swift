/// Gives each operation a small number, in constant time and near its neighbours in memory.
///
/// Sequences have no gaps, so they are kept in pages; a page that one stray sequence opens costs
/// a kilobyte and no more.
struct SlotTable: Sendable {
    private struct PageKey: Hashable, Sendable {
        var incarnation: Incarnation
        var number: UInt64
    }

    private static let pageBits: UInt64 = 8
    private static let pageLength = 1 << Int(pageBits)
    private static let empty: Int32 = -1

    private var pages: [PageKey: Int] = [:]
    private var slots: [Int32] = []
    private var lastKey: PageKey?
    private var lastStart = 0

    /// The slot of `id`; `next` becomes it when it has none.
    mutating func slot(of id: OperationID, next: Int) -> Int {
        let index = start(of: id) + Int(id.sequence & UInt64(SlotTable.pageLength - 1))
        if slots[index] == SlotTable.empty { slots[index] = Int32(next) }
        return Int(slots[index])
    }

    private mutating func start(of id: OperationID) -> Int {
        let key = PageKey(
            incarnation: id.incarnation, number: id.sequence >> SlotTable.pageBits)
        if key == lastKey { return lastStart }
        lastKey = key
        lastStart = pages[key] ?? open(key)
        return lastStart
    }

    private mutating func open(_ key: PageKey) -> Int {
        let start = slots.count
        slots.append(
            contentsOf: repeatElement(SlotTable.empty, count: SlotTable.pageLength))
        pages[key] = start
        return start
    }
}
