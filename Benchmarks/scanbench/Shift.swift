import Replication
import SyncProtocol

/// One station at work: an operator walks from place to place and scans what is there.
///
/// Of a hundred operations 55 adjust, 15 count, 15 move, 10 place a serial and 5 pick. Eight or
/// so at one place, then on to another; two to nine seconds from one to the next.
struct Shift {
    let station: StationCode
    let incarnation: Incarnation
    private let warehouse: Warehouse
    private var random: SeededRandom
    private var place = 0
    private var order = 10_000
    private var sequence: UInt64 = 0
    private var clock: Int64 = 1_760_000_000_000_000
    private var chain = OperationChain.start

    init(station: StationCode, number: UInt64, warehouse: Warehouse) {
        self.station = station
        self.warehouse = warehouse
        incarnation = Incarnation(rawValue: 0x5CA0_0000_0000_0000 &+ number &* 0x9E37_79B9_7F4A)
        random = SeededRandom(seed: number)
    }

    mutating func kind() -> OperationKind {
        let key = key()
        switch random.below(100) {
        case ..<55: return .adjust(key, delta: Int64(random.below(24)) - 11)
        case ..<70: return .count(key, quantity: Int64(random.below(60)))
        case ..<85: return .move(key, to: elsewhere(), quantity: 1 + Int64(random.below(12)))
        case ..<95: return .serial(serial(), place: key.place)
        default: return .pick(key, line: line(), quantity: 1 + Int64(random.below(6)))
        }
    }

    /// What is scanned next.
    mutating func key() -> StockKey {
        if random.below(8) == 0 { place = random.below(warehouse.places.count) }
        return warehouse.key(place: place, random.below(Warehouse.itemsAtPlace))
    }

    /// The next `count` operations, made when the feed up to `base` was known.
    mutating func run(_ count: Int, base: FeedPosition) -> Run {
        let operations = (0..<count).map { _ in entry(base) }
        return Run(incarnation: incarnation, link: nil, operations: operations, chain: chain)
    }

    private mutating func entry(_ base: FeedPosition) -> Run.Entry {
        sequence += 1
        clock += 2_000_000 + Int64(random.below(7_000_000))
        let operation = Operation(
            id: OperationID(incarnation: incarnation, sequence: sequence), station: station,
            clock: HybridTime(rawValue: clock), base: base, device: "scanner", operator: "ann",
            kind: kind())
        let bytes = operation.kind.kindBytes
        chain = OperationChain.next(chain, operation: operation, kindBytes: bytes)
        return Run.Entry(operation, kindBytes: bytes)
    }

    private mutating func elsewhere() -> PlaceCode {
        warehouse.places[(place + 1 + random.below(warehouse.places.count - 1)) % 250]
    }

    private mutating func serial() -> SerialCode {
        SerialCode("SN\(4_000_000 + random.below(20_000))")
    }

    private mutating func line() -> OrderLineCode {
        if random.below(4) == 0 { order += 1 }
        return OrderLineCode("SO-\(order)/\(1 + random.below(5))")
    }
}
