import GRDB
import Testing

@testable import CatalogueStore

@Suite struct ImportTests {
    @Test func columnsAreKnownByTheNamesThatCompaniesGiveThem() throws {
        let scene = try CatalogueScene()
        try scene.take(
            .items,
            [
                ["Artikel-Nr.", "Bezeichnung", "EAN", "EAN 2", "Case GTIN", "Units per case", "?"],
                ["A1", "Stift", "4006381333931", "SUP-7", "14006381333938", "12", "x"],
            ])
        let item = try #require(
            try scene.hub.read { try scene.catalogue.item(key: "A1", in: $0) })
        #expect(item.name == "Stift")
        #expect(
            item.codes == [
                ItemPack(code: "04006381333931"), ItemPack(code: "14006381333938", quantity: 12),
                ItemPack(code: "SUP-7"),
            ])
    }

    @Test func aRowChangesWhatItSaysAndLeavesTheRest() throws {
        let scene = try CatalogueScene()
        try scene.take(
            .items, [["key", "name", "unit", "code", "qty"], ["A", "Nut", "piece", "C", "6"]])
        let again = try scene.take(
            .items, [["key", "name", "code"], ["A", "", "D"], ["A", "Wing nut", "C"]])
        #expect((again.changed, again.unchanged) == (2, 0))
        let item = try scene.hub.read { try scene.catalogue.item(key: "A", in: $0) }
        #expect(
            item
                == CatalogueItem(
                    key: "A", name: "Wing nut", unit: "piece",
                    codes: [ItemPack(code: "C", quantity: 6), ItemPack(code: "D")]))
    }

    @Test func theSameFileAgainChangesNothing() throws {
        let scene = try CatalogueScene()
        let rows = [["key", "name", "code"], ["A", "Nut", "C"], ["B", "Bolt", "D"]]
        try scene.take(.items, rows)
        let again = try scene.take(.items, rows)
        #expect((again.changed, again.unchanged, again.id) == (0, 2, nil))
    }

    static let bad: [(row: [String], code: String, column: String)] = [
        (["", "Nut", "", ""], "catalogue-empty", "key"),
        (["B", "", "", ""], "catalogue-empty", "name"),
        (["B", "Nut", "X", "0"], "catalogue-quantity", "quantity"),
        (["B", "Nut", "X", "10000"], "catalogue-quantity", "quantity"),
        (["B", "Nut", "X", "a dozen"], "catalogue-quantity", "quantity"),
        (["B", "Nut", "TAKEN", ""], "catalogue-code-taken", "code"),
        (["B", String(repeating: "x", count: 401), "", ""], "catalogue-too-long", "name"),
        (["B", "bell\u{7}", "", ""], "catalogue-unprintable", "name"),
    ]

    @Test(arguments: bad)
    func aBadRowIsToldAndKeepsNobodyOut(row: [String], code: String, column: String) throws {
        let scene = try CatalogueScene()
        let outcome = try scene.take(
            .items,
            [
                ["key", "name", "code", "quantity"], ["A", "First", "TAKEN", ""], row,
                ["C", "Third", "", ""],
            ])
        #expect(outcome.changed == 2)
        #expect(outcome.faults.map(\.row) == [3])
        #expect(outcome.faults.map(\.code) == [code])
        #expect(outcome.faults.map(\.column) == [column])
    }

    @Test func placesAndLotsComeInSheetsOfTheirOwn() throws {
        let scene = try CatalogueScene()
        try scene.take(.items, [["key", "name", "ean"], ["A", "Milk", "4006381333931"]])
        try scene.take(.places, [["location", "name", "kind"], ["LOC-1", "Dock", "dock"]])
        let outcome = try scene.take(
            .lots,
            [
                ["gtin", "batch", "best before", "recalled"],
                ["4006381333931", "L1", "31.03.2027", ""], ["A", "L2", "46000", "yes"],
                ["NONE", "L3", "", ""], ["A", "L4", "2027-02-29", ""],
            ])
        #expect(outcome.faults.map(\.code) == ["catalogue-unknown-item", "catalogue-date"])
        #expect(
            try scene.hub.read { try scene.catalogue.lots(limit: 9, in: $0) } == [
                CatalogueLot(item: "A", lot: "L1", expiry: "2027-03-31"),
                CatalogueLot(item: "A", lot: "L2", expiry: "2025-12-09", isRecalled: true),
            ])
        #expect(
            try scene.hub.read { try scene.catalogue.place("LOC-1", in: $0) }
                == CataloguePlace(code: "LOC-1", name: "Dock", kind: "dock"))
    }

    @Test func aSheetWithoutAKeyIsRefusedWhole() throws {
        let scene = try CatalogueScene()
        #expect(throws: CatalogueError.self) { try scene.take(.items, [["name"], ["Nut"]]) }
        #expect(throws: CatalogueError.emptySheet) { try scene.take(.items, []) }
        #expect(try scene.hub.read { try scene.catalogue.imports(limit: 9, in: $0) } == [])
    }

    @Test func anUndoPutsBackWhatNobodyChangedSince() throws {
        let scene = try CatalogueScene()
        try scene.take(
            .items,
            [["key", "name", "code"], ["A", "Nut", "C"], ["B", "Bolt", ""], ["D", "Pin", ""]])
        let before = try CatalogueScene.all(scene.hub)
        let id = try #require(
            try scene.take(
                .items,
                [
                    ["key", "name", "code", "delete"], ["A", "Nutt", "", ""],
                    ["A", "Nuts", "E", ""],
                    ["N", "New", "F", ""], ["D", "", "", "yes"],
                ]
            ).id)
        let undone = try scene.hub.write {
            try scene.catalogue.undo(id, wallMicroseconds: 2, in: $0)
        }
        #expect(undone == Catalogue.Undone(restored: 3, kept: 0))
        #expect(try CatalogueScene.all(scene.hub) == before)
        #expect(throws: CatalogueError.alreadyUndone(id)) {
            try scene.hub.write { try scene.catalogue.undo(id, wallMicroseconds: 3, in: $0) }
        }
    }

    @Test func anUndoLeavesWhatSomebodyChangedSince() throws {
        let scene = try CatalogueScene()
        let id = try #require(
            try scene.take(.items, [["key", "name"], ["A", "Nut"], ["B", "Bolt"]]).id)
        try scene.change(.item(CatalogueItem(key: "A", name: "Nut, corrected")))
        let undone = try scene.hub.write {
            try scene.catalogue.undo(id, wallMicroseconds: 2, in: $0)
        }
        #expect(undone == Catalogue.Undone(restored: 1, kept: 1))
        #expect(
            try scene.hub.read { try scene.catalogue.items(limit: 9, in: $0) }.map(\.name)
                == ["Nut, corrected"])
    }
}
