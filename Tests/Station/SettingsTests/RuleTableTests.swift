import AllDrivers
import Barcodes
import ScanRules
import Scans
import Testing

@testable import Settings

@Suite struct RuleTableTests {
    @Test func aFileBecomesRulesInItsOrder() throws {
        let config = try parse(
            """
            [[rules]]
            name = "supplier labels"
            source = "dock-*"
            symbology = ["Code128"]
            match = '^SUP-(.+)$'
            replace = "$1"
            letters = "upper"
            go-on = true
            [[rules]]
            length-from = 2
            length-to = 3
            pad-to = 5
            [[rules]]
            match = "^END$"
            command = "BATCH:CLOSE"
            """)
        let rules = config.scanRules.rules
        #expect(rules.map(\.name) == ["supplier labels", "rule 2", "rule 3"])
        #expect(rules[0].sources == ["dock-*"])
        #expect(rules[0].symbologies == [.code128])
        #expect(rules[0].pattern == (try Pattern("^SUP-(.+)$")))
        #expect(rules[0].letterCase == .upper && rules[0].goesOn)
        #expect(rules[1].length == 2...3)
        #expect(rules[1].padding == ScanRule.Padding(length: 5, filler: "0"))
        #expect(rules[2].verdict == .command("BATCH:CLOSE"))
    }

    static let wrong: [(text: String, code: ConfigError.Code, line: Int)] = [
        ("[rules]\nname = \"x\"", .wrongType, 1),
        ("[[rules]]\nstrip = 1", .unknownKey, 2), ("[[rules]]\nmatch = \"(\"", .outOfRange, 2),
        ("[[rules]]\nreplace = \"x\"", .missingKey, 2),
        ("[[rules]]\nsymbology = \"QQ\"", .outOfRange, 2),
        ("[[rules]]\nlength-from = 5\nlength-to = 4", .outOfRange, 3),
        ("[[rules]]\nletters = \"big\"", .outOfRange, 2),
        ("[[rules]]\npad-with = \"00\"", .outOfRange, 2),
        ("[[rules]]\nstrip-start = -1", .outOfRange, 2),
        ("[[rules]]\ntrim = 1", .wrongType, 2), ("[[rules]]\nsource = 1", .wrongType, 2),
        ("[[rules]]\nreject = \"a\"\ncommand = \"b\"", .outOfRange, 3),
    ]

    @Test(arguments: wrong)
    func refuses(text: String, code: ConfigError.Code, line: Int) throws {
        let error = #expect(throws: ConfigError.self) { try parse(text) }
        #expect(error?.code == code)
        #expect(error?.line == line)
    }

    @Test func theLimitIsAllowedAndOneRuleMoreIsNot() throws {
        let limit = String(repeating: "[[rules]]\ntrim = true\n", count: RuleSet.countLimit)
        #expect(try parse(limit).scanRules.rules.count == RuleSet.countLimit)
        #expect(throws: ConfigError.self) { try parse(limit + "[[rules]]\n") }
    }

    private func parse(_ text: String) throws(ConfigError) -> StationConfig {
        try ConfigFile(catalogue: DriverCatalogue.kinds).parse(text, file: "test.toml")
    }
}
