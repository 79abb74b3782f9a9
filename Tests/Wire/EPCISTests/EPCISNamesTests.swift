import Replication
import Testing

@testable import EPCIS

@Suite struct EPCISNamesTests {
    static let names = EPCISNames(tenant: "main")

    static let goods: [(ItemCode, LotCode, String)] = [
        ("04006381333931", "", "https://id.gs1.org/01/04006381333931"),
        ("04006381333931", "L/1", "https://id.gs1.org/01/04006381333931/10/L%2F1"),
        ("04006381333932", "", "urn:scanstation:main:class:04006381333932"),
        ("4006381333931", "", "urn:scanstation:main:class:4006381333931"),
        ("bolt M6", "7", "urn:scanstation:main:lot:bolt%20M6:7"),
        // GS1's lots have 20 characters at most.
        (
            "04006381333931", "123456789012345678901",
            "urn:scanstation:main:lot:04006381333931:123456789012345678901"
        ),
    ]

    @Test(arguments: goods)
    func goodsAreNamed(item: ItemCode, lot: LotCode, name: String) {
        #expect(Self.names.goods(item, lot: lot) == name)
    }

    static let pieces: [(SerialCode, String)] = [
        ("01/04006381333931/21/S7", "https://id.gs1.org/01/04006381333931/21/S7"),
        ("00/340123450000000000", "https://id.gs1.org/00/340123450000000000"),
        ("8004/4012345ABC", "https://id.gs1.org/8004/4012345ABC"),
        ("00/340123450000000001", "urn:scanstation:main:obj:00%2F340123450000000001"),
        ("S7", "urn:scanstation:main:obj:S7"),
    ]

    @Test(arguments: pieces)
    func piecesAreNamed(serial: SerialCode, name: String) {
        #expect(Self.names.piece(serial) == name)
    }

    static let places: [(PlaceCode, String, String?)] = [
        ("A1", "urn:scanstation:main:loc:A1", nil),
        ("414/4012345000009", "https://id.gs1.org/414/4012345000009", nil),
        (
            "414/4012345000009/254/B7", "https://id.gs1.org/414/4012345000009/254/B7", nil
        ),
        (
            "106141412345678908", "urn:scanstation:main:loc:106141412345678908",
            "https://id.gs1.org/00/106141412345678908"
        ),
        ("106141412345678909", "urn:scanstation:main:loc:106141412345678909", nil),
        (
            "00/340123450000000000", "urn:scanstation:main:loc:00%2F340123450000000000",
            "https://id.gs1.org/00/340123450000000000"
        ),
    ]

    @Test(arguments: places)
    func placesAreNamed(place: PlaceCode, name: String, container: String?) {
        #expect(Self.names.place(place) == name)
        #expect(Self.names.container(place) == container)
    }

    static let namespaces: [(String, String?)] = [
        ("https://example.com/goods", "https://example.com/goods/obj/S%2F7"),
        ("urn:example:goods", "urn:example:goods:obj:S%2F7"),
        ("https://example.com/", nil), ("https://", nil), ("urn:", nil), ("example.com", nil),
        ("https://example.com/a b", nil), ("https://example.com/ä", nil),
    ]

    @Test(arguments: namespaces)
    func aNamespaceIsTheBeginningOfAnAddress(text: String, piece: String?) {
        #expect(EPCISNames(namespace: text)?.piece("S/7") == piece)
    }

    static let offsets: [(String, Bool)] = [
        ("+00:00", true), ("-05:30", true), ("+14:00", true), ("+14:01", false),
        ("+1:00", false), ("01:00", false), ("+01:60", false), ("+0a:00", false), ("", false),
    ]

    @Test(arguments: offsets)
    func anOffsetIsOneOfTheWorlds(text: String, isOne: Bool) {
        #expect((EPCISSettings(names: Self.names, zoneOffset: text) != nil) == isOne)
    }

    /// As every library makes them: Python's `uuid.uuid5(uuid.NAMESPACE_URL, name)`.
    @Test func eventsAreNamedAsAnybodyWould() {
        #expect(EventName.uuid5("http://example.org/a") == "5f8a26f2-91ce-506a-97bc-f098f056e21f")
        let id = OperationID(incarnation: Incarnation(rawValue: 1), sequence: 42)
        #expect(
            EventName.id(namespace: "urn:scanstation:main", id, level: 1, number: 0)
                == "urn:uuid:ccd29da8-9808-5cba-8626-76c8434b3ca1")
    }
}
