import CatalogueStore
import Gzip
import HubStorage

/// A made-up catalogue: names of three words and a number.
struct CatalogueSheet: Sendable {
    private static let first = [
        "Hex", "Wood", "Round", "Steel", "Brass", "Zinc", "Stainless", "Heavy", "Löt", "Copper",
    ]
    private static let second = [
        "bolt", "screw", "washer", "hinge", "bracket", "valve", "gasket", "bearing", "coupling",
        "connector", "screwdriver", "Löffel",
    ]

    let items: Int

    /// Every so many rows one can't be taken.
    static let badRowsApart = 1000

    func take(to tenant: TenantStore) async throws -> CatalogueImport.Outcome {
        try await tenant.importCatalogue(.items, file: "bench", now: 1, isTrial: false) {
            take in
            try take(1, ["key", "name", "tags", "code", "case code", "case quantity"])
            for index in 0..<items {
                let codes = (0..<4).map { code(index, pack: $0) }.joined(separator: "|")
                try take(
                    index + 2,
                    [
                        "SKU-\(index)", name(index), "shelf \(index % 300)", codes,
                        code(index, pack: 4), "12",
                    ])
                if index % Self.badRowsApart == 0 {
                    // A code that is another item's, at the very moment.
                    try take(index + 2, ["BAD-\(index)", "Bad", "", code(index, pack: 0), "", ""])
                }
            }
        }
    }

    func name(_ index: Int) -> String {
        let (first, second) = (Self.first[index % 10], Self.second[index / 10 % 12])
        return "\(first) \(second) M\(index % 40) brand\(index % 997) no \(index)"
    }

    func code(_ index: Int, pack: Int) -> String { "C\(pack)-\(index * 31 + pack)" }

    /// As people type: beginnings, whole words, several words, and a mistake in every fifth.
    func query(_ index: Int) -> String {
        let item = index * 7919 % items
        switch index % 5 {
        case 0: return String(Self.second[item % 12].prefix(3))
        case 1: return Self.first[item % 10]
        case 2: return "\(Self.first[item % 10]) \(Self.second[item / 10 % 12])"
        case 3: return "brand\(item % 997) m\(item % 40)"
        default: return ["scrwdriver", "gaskt", "cuopling", "brcket"][index / 5 % 4]
        }
    }
}

/// What a page is on its way.
enum CatalogueDelta {
    /// About: as text instead of the protocol's numbers, which are no longer.
    static func bytes(of changes: CatalogueChanges) throws -> Int {
        var text = ""
        for case .item(let item) in changes.records {
            text += "\(item.key)\t\(item.name)\t\(item.tags)\t"
            text += item.codes.map { "\($0.code)\t\($0.quantity)" }.joined(separator: "\t") + "\n"
        }
        return try Gzip.compress(Array(text.utf8)).count
    }
}
