import Testing

@testable import CatalogueStore

@Suite struct SearchTests {
    private let scene: CatalogueScene

    init() throws {
        scene = try CatalogueScene()
        let names = [
            "HEX": "Hex bolt M8x40", "HEXNUT": "Hex nut M8", "SPOON": "Löffel, groß",
            "SCREW": "Wood screw 4x30", "DRIVER": "Screwdriver set", "COFFEE": "Café crème",
        ]
        for (key, name) in names {
            let codes = key == "SCREW" ? [ItemPack(code: "4006381333931")] : []
            try scene.change(
                .item(
                    CatalogueItem(
                        key: key, name: name,
                        description: key == "HEX" ? "zinc plated" : "", codes: codes)))
        }
    }

    static let found: [(typed: String, key: String)] = [
        ("screw", "SCREW"),
        ("scr", "DRIVER"),
        ("hex bolt", "HEX"),
        ("bolt hex", "HEX"),
        ("loffel", "SPOON"),
        ("LÖFFEL", "SPOON"),
        ("GROß", "SPOON"),
        ("cafe creme", "COFFEE"),
        ("zinc", "HEX"),
        ("4006381333931", "SCREW"),
        ("0400638", "SCREW"),
        ("400638", "SCREW"),
        ("hexnut", "HEXNUT"),
        ("m8x", "HEX"),
        // Mistyped: a letter left out, put in, changed, swapped.
        ("screwdrver", "DRIVER"),
        ("screwdriiver", "DRIVER"),
        ("scrwe", "SCREW"),
        ("bolz", "HEX"),
        ("wod screw", "SCREW"),
        ("lofel", "SPOON"),
    ]

    @Test(arguments: found)
    func isFoundFirst(typed: String, key: String) throws {
        #expect(try scene.keys(typed).first == key)
    }

    @Test func wholeWordsOfTheNameComeFirst() throws {
        #expect(try scene.keys("screw") == ["SCREW", "DRIVER"])
        #expect(try scene.keys("hex m8").first == "HEXNUT")
    }

    @Test(arguments: ["", "  ", "\"", "*", "nothing", "NEAR(", "bolt AND", "'; DROP", "-", "xyzzy"])
    func whatFindsNothingHarmsNothing(typed: String) throws {
        #expect(try scene.keys(typed).count <= 1)
    }

    @Test func whatIsTypedWrongIsAGuess() throws {
        #expect(try scene.search("scrwe").allSatisfy(\.isGuess))
        #expect(try scene.search("screw").allSatisfy { !$0.isGuess })
    }

    @Test func whatIsGoneIsNotFound() throws {
        try scene.change(.noItem(key: "SCREW"))
        #expect(try scene.keys("wood") == [])
        #expect(try scene.keys("4006381333931") == [])
    }

    @Test func aNewNameIsFoundAndTheOldIsNot() throws {
        try scene.change(.item(CatalogueItem(key: "SPOON", name: "Teelöffel")))
        #expect(try scene.keys("groß") == [])
        #expect(try scene.keys("teel") == ["SPOON"])
    }

    static let distances: [(String, String, Int, Bool, Int?)] = [
        ("screw", "screw", 1, false, 0), ("scrwe", "screw", 1, false, 1),
        ("srew", "screw", 1, false, 1), ("sreww", "screw", 1, false, nil),
        ("scre", "screwdriver", 1, true, 0), ("scer", "screwdriver", 1, true, 1),
        ("", "a", 1, false, 1),
    ]

    @Test(arguments: distances)
    func lettersApart(typed: String, word: String, limit: Int, isBeginning: Bool, far: Int?) {
        #expect(
            SearchWords.distance(
                Array(typed.unicodeScalars), Array(word.unicodeScalars), limit: limit,
                isBeginning: isBeginning) == far)
    }
}
