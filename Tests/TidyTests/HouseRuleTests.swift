import Testing

@Suite struct HouseRuleTests {
    @Test func everySourceFileKeepsThem() throws {
        let files = try SourceTree.files(in: ["Sources"])
        #expect(files.flatMap(HouseRules.violations) == [])
    }

    static let wrong: [(path: String, text: String)] = [
        ("Sources/Hub/Hub/Long.swift", String(repeating: "\n", count: HouseRules.lineLimit)),
        ("Sources/Hub/Hub/StockManager.swift", ""),
        ("Sources/Hub/Hub/Stock.swift", "let value = try" + "! open()"),
        ("Sources/Hub/Hub/Stock.swift", "final class Stock: @unchecked " + "Sendable {}"),
        ("Sources/Hub/Hub/Stock.swift", "// TO" + "DO: later"),
    ]

    @Test(arguments: wrong)
    func aBrokenRuleIsSeen(path: String, text: String) {
        #expect(HouseRules.violations(in: SourceTree.File(path: path, text: text)).count == 1)
    }

    @Test func theLimitItselfIsAllowed() {
        let text = String(repeating: "\n", count: HouseRules.lineLimit - 1)
        let file = SourceTree.File(path: "Sources/Hub/Hub/Long.swift", text: text)
        #expect(HouseRules.violations(in: file).isEmpty)
    }

    @Test func everyDriverFolderExplainsItself() throws {
        let others = [
            "AllDrivers", "BarcodeReading", "DriverKit", "EmulatedNFC", "SeparateDrivers", "Speech",
        ]
        let drivers = try SourceTree.modules()
            .filter { $0.layer == "Drivers" && !others.contains($0.name) }
        #expect(drivers.count >= 3)
        for driver in drivers {
            let readme = try SourceTree.file("Sources/Drivers/\(driver.name)/README.md")
            let sections = ["Devices", "Detection", "Payload", "Options", "Recording", "Faults"]
            let missing = sections.filter { !readme.text.contains("\n## \($0)\n") }
            #expect(missing == [], "\(readme.path) lacks these sections")
        }
    }

    @Test func everyModuleHasACaption() throws {
        let architecture = try SourceTree.file("docs/ARCHITECTURE.md")
        let silent = try SourceTree.modules().map(\.name)
            .filter { !architecture.text.contains("**\($0)**") }
        #expect(silent == [], "docs/ARCHITECTURE.md says nothing about these")
    }
}
