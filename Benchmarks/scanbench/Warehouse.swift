import Replication

/// What there is to scan: 5,000 items, 20 in each of 250 places.
struct Warehouse {
    let items: [ItemCode]
    let places: [PlaceCode]
    static let itemsAtPlace = 20

    init(seed: UInt64 = 1) {
        var random = SeededRandom(seed: seed)
        let companies = (0..<40).map { _ in 4_000_000 + random.below(600_000) }
        items = (0..<5000).map { _ in
            Warehouse.gtin(company: companies[random.below(40)], item: random.below(100_000))
        }
        places = (0..<250).map { number in
            let (aisle, rest) = (number / 50, number % 50)
            return PlaceCode("\("ABCDE".dropFirst(aisle).prefix(1))-0\(rest / 10)-0\(rest % 10)")
        }
    }

    /// The balance number `index` of those at `place`.
    func key(place: Int, _ index: Int) -> StockKey {
        StockKey(item: items[place * Warehouse.itemsAtPlace + index], place: places[place])
    }

    /// Fourteen digits, the last of them the check digit.
    private static func gtin(company: Int, item: Int) -> ItemCode {
        let number = company * 100_000 + item
        var (sum, rest, weight) = (0, number, 3)
        while rest > 0 {
            sum += rest % 10 * weight
            (rest, weight) = (rest / 10, 4 - weight)
        }
        let digits = String(number) + String((10 - sum % 10) % 10)
        return ItemCode(String(repeating: "0", count: 14 - digits.count) + digits)
    }
}
