import Foundation
import ScanTesting
import Testing

/// What `scanstationctl` does about scanners without a daemon.
@Suite struct ScannerCommandTests {
    @Test func rulesTestTracesEachRule() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(
            """
            [[rules]]
            name = "supplier"
            match = "^SUP-(.+)$"
            replace = "$1"
            go-on = true
            [[rules]]
            name = "dock"
            source = "dock-*"
            reject = "Not here."
            """, to: "x.toml")
        let passed = try Self.run(["rules", "test", "SUP-42", "--config", file])
        #expect(passed.status == 0)
        #expect(passed.output.contains("supplier: SUP-42 → 42"))
        #expect(passed.output.contains("Read as item: 42"))
        let refused = try Self.run(
            ["rules", "test", "SUP-42", "--config", file, "--source", "dock-1", "--json"])
        #expect(refused.status == 1)
        #expect(refused.output.contains("\"code\":\"rule-rejected\""))
    }

    @Test func theCalibrationSheetIsAPageWithThreeCodes() throws {
        let page = try Self.run(["sheet", "calibration"])
        #expect(page.status == 0)
        #expect(page.output.components(separatedBy: "<svg ").count == 4)
        #expect(page.output.contains("CAL2#@[]{}\\|&lt;&gt;&amp;"))
        #expect(!page.output.contains("http") || page.output.contains("www.w3.org/2000/svg"))
    }

    @Test func theCommandSheetHasEveryMode() throws {
        let page = try Self.run(["sheet", "commands", "--prefix", "#"])
        for code in ["#BATCH:CLOSE", "#UNDO", "#MODE:COUNT", "#MODE:LOOK-UP", "#QTY:10"] {
            #expect(page.output.contains(code))
        }
    }

    private static func run(_ arguments: [String]) throws -> Programs.Result {
        try Programs.run("scanstationctl", arguments)
    }
}
