import Replication
import ScanTesting

/// What stations say, with keys that collide.
struct KindChoice {
    static let serials: [SerialCode] = ["serial-0", "serial-1"]
    static let items: [ItemCode] = ["item-0", "item-1"]
    static let fields = ["note", "size"]
    static let batches: [BatchCode] = ["batch-0", "batch-1"]

    var made: [OperationID] = []

    mutating func kind(_ random: inout SplitMix64) -> OperationKind {
        let few = Int64(random.below(12))
        switch random.below(100) {
        case ..<3: return .adjust(key(&random), delta: OperationKind.quantityLimit + 1)
        case ..<5: return .count(StockKey(item: "", place: "place-0"), quantity: few)
        case ..<30: return .adjust(key(&random), delta: few - 5)
        case ..<42: return .move(key(&random), to: place(&random), quantity: few)
        case ..<58: return .count(key(&random), quantity: few * 3)
        case ..<64:
            return .pick(key(&random), line: random.pick(["line-0", "line-1"]), quantity: few)
        case ..<72: return .serial(random.pick(Self.serials), place: place(&random))
        case ..<79:
            return .attribute(
                random.pick(Self.items), field: random.pick(Self.fields),
                value: random.pick(["red", "blue", "green"]))
        case ..<86:
            return .batchAdd(
                BatchLine(batch: random.pick(Self.batches), code: "0012", quantity: few))
        case ..<90:
            let lines = made.isEmpty ? [] : random.picks(2, from: Array(made.suffix(20)))
            return .batchRemove(random.pick(Self.batches), lines: lines)
        case _ where made.isEmpty: return .unknown
        default:
            return .undo(
                random.pick(Array(made.suffix(20))), level: UInt32(2 + random.below(3)))
        }
    }

    private func key(_ random: inout SplitMix64) -> StockKey {
        StockKey(
            item: random.pick(Self.items), place: place(&random),
            lot: random.chance(15) ? "lot-1" : "")
    }

    private func place(_ random: inout SplitMix64) -> PlaceCode {
        random.pick(["place-0", "place-1", "place-2"])
    }
}
