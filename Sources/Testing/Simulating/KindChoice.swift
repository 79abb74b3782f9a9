public import Replication
public import ScanTesting

/// The names that stations use; the fewer, the more they collide.
public struct KeyRange: Sendable {
    let items: [ItemCode]
    let serials: [SerialCode]
    let batches: [BatchCode]
    let fields = ["note", "size"]

    init(items: Int, serials: Int, batches: Int) {
        self.items = (0..<items).map { ItemCode("item-\($0)") }
        self.serials = (0..<serials).map { SerialCode("serial-\($0)") }
        self.batches = (0..<batches).map { BatchCode("batch-\($0)") }
    }

    public static let few = KeyRange(items: 2, serials: 2, batches: 2)
    static let many = KeyRange(items: 800, serials: 800, batches: 80)
}

/// What stations say.
public struct KindChoice {
    let keys: KeyRange
    public var made: [OperationID] = []

    public init(_ keys: KeyRange) {
        self.keys = keys
    }

    public mutating func kind(_ random: inout SplitMix64) -> OperationKind {
        let few = Int64(random.below(12))
        switch random.below(100) {
        case ..<3: return .adjust(key(&random), delta: OperationKind.quantityLimit + 1)
        case ..<5: return .count(StockKey(item: "", place: "place-0"), quantity: few)
        case ..<30: return .adjust(key(&random), delta: few - 5)
        case ..<42: return .move(key(&random), to: place(&random), quantity: few)
        case ..<58: return .count(key(&random), quantity: few * 3)
        case ..<64:
            return .pick(key(&random), line: random.pick(["line-0", "line-1"]), quantity: few)
        case ..<72: return .serial(random.pick(keys.serials), place: place(&random))
        case ..<79:
            return .attribute(
                random.pick(keys.items), field: random.pick(keys.fields),
                value: random.pick(["red", "blue", "green"]))
        case ..<86:
            return .batchAdd(
                BatchLine(batch: random.pick(keys.batches), code: "0012", quantity: few))
        case ..<90:
            let lines = made.isEmpty ? [] : random.picks(2, from: Array(made.suffix(20)))
            return .batchRemove(random.pick(keys.batches), lines: lines)
        case _ where made.isEmpty: return .unknown
        default:
            return .undo(
                random.pick(Array(made.suffix(20))), level: UInt32(2 + random.below(3)))
        }
    }

    private func key(_ random: inout SplitMix64) -> StockKey {
        StockKey(
            item: random.pick(keys.items), place: place(&random),
            lot: random.chance(15) ? "lot-1" : "")
    }

    private func place(_ random: inout SplitMix64) -> PlaceCode {
        random.pick(["place-0", "place-1", "place-2"])
    }
}
