import Foundation
import Replication
import Testing

@testable import EPCIS

/// What happens in a warehouse, and whether a stranger's validator takes what is told of it.
@Suite(.enabled(if: SchemaCheck.isThere, "python3-jsonschema is missing"))
struct StoryTests {
    @Test func aReceivingWithPiecesAndLots() throws {
        var scene = EventScene()
        let dock: PlaceCode = "414/4012345000009"
        scene.make(.batchAdd(BatchLine(batch: "b-1", code: "4006381333931", quantity: 3)))
        scene.make(.adjust(StockKey(item: EventScene.gtin, place: dock, lot: "L1"), delta: 3))
        scene.make(.batchAdd(BatchLine(batch: "b-1", code: "S7")))
        let piece = scene.make(.serial("01/04006381333931/21/S7", place: dock))
        scene.make(.undo(piece, level: 2))
        scene.make(.undo(piece, level: 3))
        try expectValid(scene)

        let event = try EventScene.object(scene.events[0])
        #expect(event["eventTime"] as? String == "2027-01-15T08:00:01.000Z")
        #expect(event["eventTimeZoneOffset"] as? String == "+00:00")
        #expect(event["bizStep"] as? String == "receiving")
        let place = ["id": "https://id.gs1.org/414/4012345000009"] as NSDictionary
        #expect(event["readPoint"] as? NSDictionary == place)
        #expect(event["bizLocation"] as? NSDictionary == place)
        #expect(
            event["quantityList"] as? NSArray
                == [["epcClass": "https://id.gs1.org/01/04006381333931/10/L1", "quantity": 3]])
        #expect(event["scanstation:operation"] as? String == "a1b2c3d4e5f60718:2")
        #expect(
            try EventScene.object(scene.events[1])["epcList"] as? NSArray
                == ["https://id.gs1.org/01/04006381333931/21/S7"])
    }

    @Test func aPick() throws {
        var scene = EventScene()
        let key = StockKey(item: "bolt M6", place: "A1")
        scene.make(.pick(key, line: "SO-1/2", quantity: 4))
        scene.make(.pick(key, line: "SO-1/2", quantity: -1))
        try expectValid(scene)
        let event = try EventScene.object(scene.events[0])
        #expect(
            event["bizTransactionList"] as? NSArray
                == [["type": "po", "bizTransaction": "urn:scanstation:main:bt:SO-1%2F2"]])
    }

    @Test func aPallet() throws {
        var scene = EventScene()
        let key = StockKey(item: EventScene.gtin, place: "A1")
        scene.make(.move(key, to: EventScene.pallet, quantity: 5))
        scene.make(.serial("01/04006381333931/21/S7", place: EventScene.pallet))
        scene.make(.count(key.at(EventScene.pallet), quantity: 5))
        scene.make(.move(key.at(EventScene.pallet), to: "SHOP", quantity: 5))
        scene.make(.adjust(key.at(EventScene.pallet), delta: -1))
        try expectValid(scene)
        #expect(
            try EventScene.object(scene.events[0])["parentID"] as? String
                == "https://id.gs1.org/00/340123450000000000")
    }

    @Test func aStocktake() throws {
        var scene = EventScene()
        scene.make(.count(StockKey(item: EventScene.gtin, place: "A1"), quantity: 12))
        scene.make(.count(StockKey(item: "ö/ü ", place: "Regal 1", lot: "7"), quantity: 0))
        scene.make(.move(StockKey(item: "x", place: "A1"), to: "B2", quantity: 1))
        try expectValid(scene)
    }

    @Test func everyKindWithEveryChoice() throws {
        var documents: [Data] = []
        for goodsIn in EPCISSettings.GoodsIn.allCases {
            for goodsOut in EPCISSettings.GoodsOut.allCases {
                let names = try #require(EPCISNames(namespace: "https://example.com/goods"))
                let settings = try #require(
                    EPCISSettings(
                        names: names, zoneOffset: "-05:30", goodsIn: goodsIn, goodsOut: goodsOut))
                let events = EPCISMappingTests.rules.flatMap {
                    EventScene.events($0.kind, settings)
                }
                documents.append(
                    Data(EPCISDocument(events, created: EventScene.start).json))
            }
        }
        #expect(try SchemaCheck.faults(in: documents) == "")
    }

    @Test func aLongDocumentIsTheSameAsAShortOne() throws {
        var scene = EventScene()
        for delta in Int64(1)...3 {
            scene.make(.adjust(StockKey(item: EventScene.gtin, place: "A1"), delta: delta))
        }
        let events = scene.events
        for sizes in [[0], [1, 2], [0, 3], [3]] {
            var writer = EPCISDocumentWriter(created: EventScene.start)
            var text = writer.beginning
            var rest = events[...]
            for size in sizes {
                text += writer.lines(Array(rest.prefix(size)))
                rest = rest.dropFirst(size)
            }
            text += writer.end
            let written = try JSONSerialization.jsonObject(with: Data(text.utf8))
            let whole = EPCISDocument(
                Array(events.prefix(sizes.reduce(0, +))), created: EventScene.start)
            let expected = try JSONSerialization.jsonObject(with: Data(whole.json))
            #expect(written as? NSDictionary == expected as? NSDictionary)
        }
    }

    /// The check itself finds what is wrong.
    @Test func theValidatorIsAwake() throws {
        var scene = EventScene()
        scene.make(.adjust(StockKey(item: EventScene.gtin, place: "A1"), delta: 1))
        var event = scene.events[0]
        event.bizStep = "recieving"
        event.quantityList = nil
        event.eventTimeZoneOffset = "+15:00"
        let faults = try SchemaCheck.faults(in: [
            Data(EPCISDocument([event], created: EventScene.start).json)
        ])
        #expect(faults.contains("recieving") && faults.contains("+15:00"))
        #expect(faults.contains("eventList/0: anyOf: "))
    }

    private func expectValid(_ scene: EventScene) throws {
        #expect(try SchemaCheck.faults(in: [Data(scene.document.json)]) == "")
    }
}
