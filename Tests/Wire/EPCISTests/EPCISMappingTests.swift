import Replication
import Testing

@testable import EPCIS

@Suite struct EPCISMappingTests {
    typealias Row = (rule: String, kind: OperationKind, events: [String])

    static let key = StockKey(item: EventScene.gtin, place: "A1")
    static let onPallet = key.at(EventScene.pallet)

    static let rules: [Row] = [
        ("what comes is received", .adjust(key, delta: 3), ["ObjectEvent OBSERVE receiving 3"]),
        ("what goes went somehow", .adjust(key, delta: -3), ["ObjectEvent OBSERVE other 3"]),
        ("nothing happened", .adjust(key, delta: 0), []),
        (
            "a move ends in store", .move(key, to: "B2", quantity: 2),
            [
                "ObjectEvent OBSERVE storing 2"
            ]
        ),
        (
            "a count is stocktaking", .count(key, quantity: 9),
            [
                "ObjectEvent OBSERVE stock_taking 9"
            ]
        ),
        ("also of nothing", .count(key, quantity: 0), ["ObjectEvent OBSERVE stock_taking 0"]),
        (
            "a pick joins an order", .pick(key, line: "SO-1/2", quantity: 4),
            [
                "TransactionEvent ADD picking 4"
            ]
        ),
        (
            "goods brought back leave it", .pick(key, line: "SO-1/2", quantity: -4),
            [
                "TransactionEvent DELETE storing 4"
            ]
        ),
        ("a piece is seen", .serial("S7", place: "A1"), ["ObjectEvent OBSERVE - -"]),
        (
            "onto a pallet is packed", .move(key, to: EventScene.pallet, quantity: 2),
            [
                "AggregationEvent ADD packing 2"
            ]
        ),
        (
            "off it is unpacked", .move(onPallet, to: "A1", quantity: 2),
            [
                "AggregationEvent DELETE unpacking 2"
            ]
        ),
        (
            "from one to another is both", .move(onPallet, to: "106141412345678908", quantity: 2),
            [
                "AggregationEvent DELETE unpacking 2", "AggregationEvent ADD packing 2",
            ]
        ),
        (
            "a piece is packed", .serial("S7", place: EventScene.pallet),
            [
                "AggregationEvent ADD packing -"
            ]
        ),
        (
            "received in a pallet", .adjust(onPallet, delta: 1),
            [
                "ObjectEvent OBSERVE receiving 1", "AggregationEvent ADD packing 1",
            ]
        ),
        (
            "gone from a pallet", .adjust(onPallet, delta: -1),
            [
                "AggregationEvent DELETE unpacking 1", "ObjectEvent OBSERVE other 1",
            ]
        ),
        (
            "counted in a pallet", .count(onPallet, quantity: 5),
            [
                "AggregationEvent OBSERVE stock_taking 5"
            ]
        ),
        (
            "a move of less than none goes back", .move(onPallet, to: "A1", quantity: -2),
            [
                "AggregationEvent ADD packing 2"
            ]
        ),
        ("a field is no event", .attribute(EventScene.gtin, field: "f", value: "v"), []),
        ("nor is a line of a batch", .batchAdd(BatchLine(batch: "b", code: "1")), []),
        ("nor what nobody knows", .unknown, []),
        ("nor what makes no sense", .adjust(key, delta: OperationKind.quantityLimit + 1), []),
        (
            "the limit is allowed", .adjust(key, delta: OperationKind.quantityLimit),
            [
                "ObjectEvent OBSERVE receiving 1000000000000"
            ]
        ),
    ]

    @Test(arguments: rules)
    func obeys(rule: String, kind: OperationKind, events: [String]) {
        #expect(EventScene.events(kind).map(Self.short) == events)
    }

    static let chosen: [(EPCISSettings.GoodsIn, EPCISSettings.GoodsOut, [String])] = [
        (.received, .other, ["OBSERVE receiving in_progress", "OBSERVE other unknown"]),
        (.made, .shipped, ["ADD commissioning active", "OBSERVE shipping in_transit"]),
        (.made, .consumed, ["ADD commissioning active", "DELETE decommissioning inactive"]),
    ]

    @Test(arguments: chosen)
    func adjustmentsMeanWhatIsChosen(
        goodsIn: EPCISSettings.GoodsIn, goodsOut: EPCISSettings.GoodsOut, expected: [String]
    ) throws {
        let settings = try #require(
            EPCISSettings(
                names: EPCISNames(tenant: "main"), goodsIn: goodsIn, goodsOut: goodsOut))
        let events = [1, -1].flatMap {
            EventScene.events(.adjust(Self.key, delta: $0), settings)
        }
        #expect(
            events.map { "\($0.action.rawValue) \($0.bizStep ?? "") \($0.disposition ?? "")" }
                == expected)
    }

    @Test func refusedOperationsAreNoEvents() {
        var scene = EventScene()
        let id = scene.make(.adjust(Self.key, delta: 1), isRefused: true)
        scene.make(.undo(id, level: 2))
        #expect(scene.events == [])
    }

    @Test func undoneIsDeclaredAnErrorAndDoneAgainIsAnEventOfItsOwn() throws {
        var scene = EventScene()
        let id = scene.make(.adjust(Self.key, delta: 1))
        for level in UInt32(2)...4 { scene.make(.undo(id, level: level)) }
        let events = scene.events
        try #require(events.count == 5)
        let (first, undone, again, corrected) = (events[0], events[1], events[2], events[3])
        #expect(undone.eventID == first.eventID)
        #expect(undone.errorDeclaration?.reason == "did_not_occur")
        #expect(undone.errorDeclaration?.declarationTime == "2027-01-15T08:00:01.000Z")
        #expect(undone.errorDeclaration?.correctiveEventIDs == nil)
        #expect(again.eventID != first.eventID)
        #expect(again.eventTime == first.eventTime)
        #expect(corrected.eventID == first.eventID)
        #expect(corrected.errorDeclaration?.correctiveEventIDs == [again.eventID])
        #expect(events[4].eventID == again.eventID && events[4].errorDeclaration != nil)
    }

    /// All but the declaration is as it was, as EPCIS 2.0, section 7.4.1.2, demands.
    @Test func theDeclarationRepeatsTheEvent() throws {
        var scene = EventScene()
        scene.make(.batchAdd(BatchLine(batch: "b-1", code: "4006381333931")))
        let id = scene.make(.adjust(Self.key, delta: 1))
        scene.make(.undo(id, level: 2))
        var declared = try #require(scene.events.last)
        declared.errorDeclaration = nil
        #expect(declared == scene.events[0])
        #expect(
            declared.bizTransactionList
                == [.init(bizTransaction: "urn:scanstation:main:bt:b-1")])
    }

    @Test func onlyTheLineOfTheSameScanNamesTheBatch() {
        var scene = EventScene()
        scene.make(.batchAdd(BatchLine(batch: "b-1", code: "4006381333931", quantity: 2)))
        scene.make(.adjust(Self.key, delta: 1))
        #expect(scene.events.map(\.bizTransactionList) == [nil])
    }

    @Test func theHubsTimeGoesBeforeTheStations() {
        let operation = Operation(
            id: OperationID(incarnation: Incarnation(rawValue: 1), sequence: 1), station: "st-1",
            clock: HybridTime(rawValue: 0), base: 0, kind: .adjust(Self.key, delta: 1))
        let mapping = EPCISMapping(EPCISSettings(tenant: "main"))
        let times = [UInt64?.none, 7].map { position in
            mapping.events(
                of: RankedOperation(
                    operation, Standing(position: position, rank: EventScene.start))
            ).map(\.eventTime)
        }
        #expect(times == [["1970-01-01T00:00:00.000Z"], ["2027-01-15T08:00:00.000Z"]])
    }

    private static func short(_ event: EPCISEvent) -> String {
        let quantity = (event.quantityList ?? event.childQuantityList)?.first?.quantity
        return [
            event.type.rawValue, event.action.rawValue, event.bizStep ?? "-",
            quantity.map(String.init) ?? "-",
        ].joined(separator: " ")
    }
}
