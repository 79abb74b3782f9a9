public import Replication
import ScanTesting

/// What some stations and a hub lived through, made up from a seed.
///
/// Stations work offline, restart, fall back to an old image of their card, are cloned, send
/// twice and late, with clocks that are wrong. The hub gives positions and ranks by its rules.
public struct RandomHistory: Sendable {
    public private(set) var lineage = Lineage()
    public let ordered: [OrderLineCode: Int64] = ["line-0": 6, "line-1": 3]
    /// What the hub took in, by position, then what still waits at stations.
    public var operations: [RankedOperation] { feed + waiting }
    public private(set) var feed: [RankedOperation] = []
    public private(set) var waiting: [RankedOperation] = []
    /// The station of each incarnation.
    public private(set) var stations: [Incarnation: StationCode] = [:]

    private var random: SplitMix64
    private var cards: [HistoryCard] = []
    private var images: [HistoryCard] = []
    private var known: [OperationID: RankedOperation] = [:]
    private var now: Int64 = 1_000
    private var lastIncarnation: UInt64 = 0

    /// `size`: about how many operations. `leavesWaiting`: some may not reach the hub.
    public init(seed: UInt64, size: Int, leavesWaiting: Bool = false) {
        random = SplitMix64(seed: seed)
        let count = 1 + random.below(4)
        for number in 0..<count {
            let skew = random.chance(30) ? Int64(random.below(400)) - 200 : 0
            cards.append(HistoryCard(station: StationCode("s\(number)"), skew: skew))
        }
        for _ in 0..<size { step() }
        if leavesWaiting, random.chance(50) {
            collectWaiting()
        } else {
            for card in cards.indices { send(card, limit: .max) }
        }
    }

    private mutating func step() {
        now += Int64(random.below(10))
        let card = random.below(cards.count)
        work(card)
        if random.chance(35) { send(card, limit: 1 + random.below(6)) }
        if random.chance(35) { pull(card) }
        if random.chance(6) { cards[card].restart() }
        if random.chance(4) { images.append(cards[card]) }
        if random.chance(4), !images.isEmpty { putBackImage() }
    }

    /// An old image goes into its own station, or into a new copy of it.
    private mutating func putBackImage() {
        var image = random.pick(images)
        image.restart()
        if random.chance(50), let own = cards.firstIndex(where: { $0.station == image.station }) {
            cards[own] = image
        } else {
            cards.append(image)
        }
    }

    private mutating func pull(_ card: Int) {
        let new = feed.count - Int(cards[card].base)
        guard new > 0 else { return }
        let position = Int(cards[card].base) + 1 + random.below(new)
        cards[card].base = FeedPosition(position)
        let greatest = feed[..<position].map(\.standing.rank).max() ?? 0
        cards[card].greatestRank = max(cards[card].greatestRank, greatest)
    }

    private mutating func work(_ card: Int) {
        let kind = kind(card)
        let incarnation = life(of: card)
        cards[card].sequence += 1
        let clock = max(now + cards[card].skew, cards[card].clock + 1)
        cards[card].clock = clock
        let rank = max(clock, cards[card].greatestRank + 1)
        cards[card].greatestRank = rank
        let operation = Operation(
            id: OperationID(incarnation: incarnation, sequence: cards[card].sequence),
            station: cards[card].station, clock: HybridTime(rawValue: clock),
            base: cards[card].base, kind: kind)
        cards[card].log.append(
            RankedOperation(operation, Standing(position: nil, rank: rank)))
    }

    /// The incarnation that the card writes under; a new one is born with its first operation.
    private mutating func life(of card: Int) -> Incarnation {
        if let life = cards[card].life { return life }
        // Neither ascending nor descending, as if drawn at random.
        lastIncarnation += 1
        let life = Incarnation(rawValue: (lastIncarnation &* 0x9E37_79B9_7F4A_7C15) | 1)
        if let last = cards[card].log.last?.operation.id {
            let link = IncarnationLink(parent: last.incarnation, sequence: last.sequence)
            lineage.insert(link, for: life)
        }
        stations[life] = cards[card].station
        cards[card].life = life
        return life
    }

    /// Sends what the card holds, from its cursor on. A card doesn't know what its copies sent.
    private mutating func send(_ card: Int, limit: Int) {
        let log = cards[card].log
        let end = limit < log.count - cards[card].sent ? cards[card].sent + limit : log.count
        for index in cards[card].sent..<end { take(log[index].operation, after: log[..<index]) }
        // An answer may be lost: then all is sent again.
        if !random.chance(10) { cards[card].sent = end }
    }

    private mutating func take(_ operation: Operation, after own: ArraySlice<RankedOperation>) {
        guard known[operation.id] == nil else { return }
        let before = own.last.flatMap { known[$0.operation.id]?.standing.rank } ?? 0
        let seen = feed.prefix(Int(operation.base)).map(\.standing.rank).max() ?? 0
        let rank = max(min(operation.clock.rawValue, now + 60), seen + 1, before + 1)
        let ranked = RankedOperation(
            operation,
            Standing(
                position: FeedPosition(feed.count + 1), rank: rank,
                isRefused: random.chance(3)))
        known[operation.id] = ranked
        feed.append(ranked)
    }

    private mutating func collectWaiting() {
        var found: Set<OperationID> = []
        for ranked in cards.flatMap(\.log) where known[ranked.operation.id] == nil {
            if found.insert(ranked.operation.id).inserted { waiting.append(ranked) }
        }
    }
}

extension RandomHistory {
    private mutating func kind(_ card: Int) -> OperationKind {
        switch random.below(100) {
        case 0: .adjust(key(), delta: random.pick([.max, .min, OperationKind.quantityLimit + 1]))
        case ..<26: .adjust(key(), delta: Int64(random.below(12)) - 5)
        case ..<38: .move(key(), to: place(), quantity: Int64(random.below(5)))
        case ..<54: .count(key(), quantity: Int64(random.below(40)))
        case ..<60:
            .pick(key(), line: random.pick(["line-0", "line-1"]), quantity: amount())
        case ..<68: .serial(random.pick(["serial-0", "serial-1"]), place: place())
        case ..<75:
            .attribute(
                random.pick(["item-0", "item-1"]), field: "note",
                value: random.pick(["red", "blue", "green"]))
        case ..<82:
            .batchAdd(
                BatchLine(
                    batch: "batch-0", code: random.pick(["4006381333931", "0012"]), aim: "]E0",
                    quantity: amount(), unit: random.pick(["", "00/106141412345678908"]),
                    list: random.pick(["", "ASN-1"])))
        case ..<85: removal(card)
        case ..<99: undo(card)
        default: .unknown
        }
    }

    private mutating func amount() -> Int64 { 1 + Int64(random.below(5)) }

    private mutating func key() -> StockKey {
        StockKey(
            item: random.pick(["item-0", "item-1"]), place: place(),
            lot: random.chance(15) ? "lot-1" : "")
    }

    private mutating func place() -> PlaceCode {
        random.chance(2) ? .outside : random.pick(["place-0", "place-1", "place-2"])
    }

    private mutating func removal(_ card: Int) -> OperationKind {
        let lines = visible(card).filter {
            if case .batchAdd = $0.operation.kind { true } else { false }
        }
        guard !lines.isEmpty else { return .batchRemove("batch-0", lines: []) }
        return .batchRemove(
            "batch-0",
            lines: (0..<(1 + random.below(2))).map { _ in random.pick(lines).operation.id })
    }

    private mutating func undo(_ card: Int) -> OperationKind {
        let targets = visible(card).filter {
            if case .undo = $0.operation.kind { false } else { true }
        }
        guard !targets.isEmpty, !random.chance(3) else {
            return .undo(
                OperationID(incarnation: Incarnation(rawValue: 7), sequence: 1), level: 2)
        }
        return .undo(random.pick(targets).operation.id, level: UInt32(2 + random.below(3)))
    }

    /// What the station of `card` can name: the last of its own and of what it pulled.
    private func visible(_ card: Int) -> ArraySlice<RankedOperation> {
        (feed.prefix(Int(cards[card].base)).suffix(8) + cards[card].log.suffix(8))[...]
    }

    /// The operations in another order, some of them twice.
    public func shuffled(seed: UInt64) -> [RankedOperation] {
        var random = SplitMix64(seed: seed)
        var result = operations
        for ranked in operations where random.chance(20) { result.append(ranked) }
        random.shuffle(&result)
        return result
    }
}

/// A station's storage card. A value: copying it is what cloning a card does.
private struct HistoryCard: Sendable {
    var station: StationCode
    var skew: Int64
    var life: Incarnation?
    var sequence: UInt64 = 0
    var clock: Int64 = 0
    var base: FeedPosition = 0
    var greatestRank: Int64 = 0
    /// All that the card's stations made, of this life and those before.
    var log: [RankedOperation] = []
    var sent = 0

    init(station: StationCode, skew: Int64) {
        self.station = station
        self.skew = skew
    }

    mutating func restart() {
        life = nil
        sequence = 0
    }
}
