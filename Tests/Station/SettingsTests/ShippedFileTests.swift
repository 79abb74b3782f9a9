import AllDrivers
import DriverKit
import Foundation
import Testing

@testable import Settings

/// What is shipped says what the program does. After a change of keys:
/// `UPDATE_SHIPPED=1 swift test --filter ShippedFileTests`.
@Suite struct ShippedFileTests {
    private static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private static let files = [
        ("config/scanstation.toml", ShippedConfig.text),
        ("docs/configuration.md", ConfigPage.text(drivers: DriverCatalogue.kinds)),
    ]

    @Test(arguments: files)
    func isUpToDate(path: String, text: String) throws {
        let file = Self.root.appendingPathComponent(path)
        if ProcessInfo.processInfo.environment["UPDATE_SHIPPED"] == "1" {
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }
        #expect(try String(contentsOf: file, encoding: .utf8) == text)
    }

    @Test func theShippedFileChangesNothing() throws {
        let reader = ConfigFile(catalogue: [])
        #expect(try reader.parse(ShippedConfig.text, file: "shipped") == StationConfig())
    }

    /// Taking the `#` away from a key's line is all that anybody has to do.
    @Test func itsLinesAreTheDefaults() throws {
        let lines = ShippedConfig.text.split(separator: "\n").prefix { $0 != "#[[device]]" }
        let bare = lines.map { line in
            line.hasPrefix("#") && !line.hasPrefix("# ") ? line.dropFirst() : line
        }
        let reader = ConfigFile(catalogue: [])
        var config = try reader.parse(bare.joined(separator: "\n"), file: "shipped")
        #expect(config.stateDirectory == "/var/lib/scanstation")
        config.stateDirectory = nil
        #expect(config == StationConfig())
    }

    @Test func everyKeyIsDocumentedOnce() {
        #expect(Set(ConfigKey.all.map(\.path)).count == ConfigKey.all.count)
        for key in ConfigKey.all {
            #expect(key.summary.hasSuffix("."), "\(key.path)")
            #expect(ShippedConfig.text.contains("\n#\(key.name) = "), "\(key.path)")
        }
    }

    @Test func everyErrorCodeIsDocumented() {
        let page = ConfigPage.text(drivers: [])
        for code in ConfigError.Code.allCases { #expect(page.contains("`\(code.rawValue)`")) }
    }
}
