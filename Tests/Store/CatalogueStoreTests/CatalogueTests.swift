import GRDB
import ScanTesting
import Testing

@testable import CatalogueStore

@Suite struct CatalogueTests {
    @Test(arguments: ["4006381333931", "04006381333931"])
    func aGTINIsFoundInEachOfItsForms(text: String) throws {
        let scene = try CatalogueScene()
        let item = CatalogueItem(
            key: "PEN", name: "Pen",
            codes: [ItemPack(code: "4006381333931"), ItemPack(code: "036000291452", quantity: 12)])
        try scene.change(.item(item))
        let found = try scene.hub.read { try scene.catalogue.meaning(of: text, in: $0) }
        #expect(found == CodeMeaning(item: item, quantity: 1))
        let pack = try scene.hub.read {
            try scene.catalogue.meaning(of: "0036000291452", in: $0)
        }
        #expect(pack?.quantity == 12)
    }

    @Test func aCodeBelongsToOneItem() throws {
        let scene = try CatalogueScene()
        try scene.change(.item(CatalogueItem(key: "A", name: "A", codes: [ItemPack(code: "X")])))
        #expect(throws: CatalogueError.codeTaken("X", by: "A")) {
            try scene.change(
                .item(CatalogueItem(key: "B", name: "B", codes: [ItemPack(code: "X")])))
        }
    }

    @Test func whatChangesNothingGetsNoPosition() throws {
        let scene = try CatalogueScene()
        let item = CatalogueRecord.item(CatalogueItem(key: "A", name: "A"))
        #expect(try scene.change(item) == 1)
        #expect(try scene.change(item) == nil)
        #expect(try scene.change(.noItem(key: "never")) == nil)
        #expect(try scene.change(.noItem(key: "A")) == 2)
    }

    @Test(arguments: [0, 1, 9999, 10_000] as [Int64])
    func aPackHoldsFromOneToTheLimit(quantity: Int64) throws {
        let scene = try CatalogueScene()
        let item = CatalogueItem(
            key: "A", name: "A", codes: [ItemPack(code: "X", quantity: quantity)])
        let isTaken = (try? scene.change(.item(item))) != nil
        #expect(isTaken == (1...9999).contains(quantity))
    }

    /// However changes fall and wherever pages end, a station ends up with what the hub has.
    @Test(arguments: UInt64(0)..<40)
    func aStationThatFollowsHasTheSame(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let scene = try CatalogueScene()
        let station = try CatalogueScene.database()
        try station.write { try scene.catalogue.begin("hub", in: $0) }
        for _ in 0..<60 {
            // A code that is another's is refused, and that is no change.
            _ = try? scene.change(Self.record(&random))
            if Int.random(in: 0..<10, using: &random) == 0 {
                try scene.pull(to: station, limit: .random(in: 1...4, using: &random))
            }
        }
        try scene.pull(to: station)
        #expect(try CatalogueScene.all(station) == CatalogueScene.all(scene.hub))
        for item in try station.read({ try scene.catalogue.items(limit: 100, in: $0) }) {
            let keys = try station.read { try scene.catalogue.search(item.name, limit: 20, in: $0) }
                .map(\.item.key)
            #expect(keys.contains(item.key), "\(item.name)")
        }
    }

    private static func record(_ random: inout SplitMix64) -> CatalogueRecord {
        let key = "K\(Int.random(in: 0..<6, using: &random))"
        let name = ["Bolt", "Nut", "Washer", "Löffel"].randomElement(using: &random) ?? ""
        switch Int.random(in: 0..<8, using: &random) {
        case 0: return .noItem(key: key)
        case 1: return .place(CataloguePlace(code: key, name: name))
        case 2: return .noPlace(code: key)
        case 3: return .lot(CatalogueLot(item: key, lot: "L1", isRecalled: true))
        default:
            let codes = (0..<3).filter { _ in Bool.random(using: &random) }.map {
                ItemPack(code: "C\($0)", quantity: .random(in: 1...3, using: &random))
            }
            return .item(CatalogueItem(key: key, name: name + " \(key)", codes: codes))
        }
    }

    /// The station takes no answer of more than a few megabytes.
    @Test func aPageOfLongTextsIsShort() throws {
        let scene = try CatalogueScene()
        for number in 0..<400 {
            let text = String(repeating: "x", count: 4000)
            try scene.change(
                .item(CatalogueItem(key: "K\(number)", name: "N", description: text)))
        }
        let page = try scene.hub.read { try scene.catalogue.changes(after: 0, limit: 500, in: $0) }
        #expect((200...300).contains(page.records.count))
        #expect((page.end, page.head) == (Int64(page.records.count), 400))
    }

    @Test func anotherCatalogueTakesThePlaceOfTheFirstOne() throws {
        let (old, new) = (try CatalogueScene(), try CatalogueScene())
        try old.change(.item(CatalogueItem(key: "OLD", name: "Old bolt")))
        try old.change(.item(CatalogueItem(key: "BOTH", name: "Both, the first")))
        try new.change(.item(CatalogueItem(key: "BOTH", name: "Both, the second")))
        let station = try CatalogueScene.database()
        try station.write { try old.catalogue.begin("old", in: $0) }
        try old.pull(to: station, source: "old")
        try station.write { try old.catalogue.begin("new", in: $0) }
        // Until all of it has come, the first one is in use.
        #expect(try station.read { try old.catalogue.item(key: "OLD", in: $0) } != nil)
        try new.pull(to: station, source: "new")
        while try station.write({ try old.catalogue.forgetOld(limit: 1, in: $0) }) {}
        #expect(try CatalogueScene.all(station) == CatalogueScene.all(new.hub))
        #expect(try station.read { try old.catalogue.search("old", limit: 9, in: $0) } == [])
    }
}
