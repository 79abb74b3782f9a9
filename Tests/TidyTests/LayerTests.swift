import Testing

@Suite struct LayerTests {
    @Test func everyImportPointsDown() throws {
        let files = try SourceTree.files(in: ["Sources"])
        #expect(files.count > 100)
        #expect(files.flatMap(Layers.violations) == [])
    }

    @Test func everyModuleHasARank() throws {
        let modules = try SourceTree.modules().filter { $0.layer != "Testing" }.map(\.name)
        #expect(Set(modules) == Set(Layers.ranks.keys))
    }

    @Test func aShimHasOneImporter() throws {
        // These two are C of ours and no library: macros of the kernel's headers, and loops over
        // pixels.
        let own: Set = ["CLinux", "CPixels"]
        let shims = try SourceTree.modules().filter { $0.layer == "Shims" }.map(\.name)
            .filter { !own.contains($0) }
        let files = try SourceTree.files(in: ["Sources"])
        for shim in shims {
            let importers = Set(
                files.filter { Layers.imports(of: $0.text).contains(shim) }.compactMap(\.module))
            #expect(importers.count == 1, "\(shim) is imported by \(importers.sorted())")
        }
    }

    static let wrong: [(module: String, text: String)] = [
        ("Domain/Scans", "import Foundation"),
        ("Domain/Barcodes", "import Scans"),
        ("Drivers/Serial", "public import Wedge"),
        ("Station/Pipeline", "import GRDB"),
        ("Station/Syncing", "import struct Hummingbird.Router"),
        ("Station/Station", "import ScanTesting"),
        ("Station/Unheard", "import Scans"),
    ]

    @Test(arguments: wrong)
    func aWrongImportIsSeen(module: String, text: String) {
        let file = SourceTree.File(path: "Sources/\(module)/File.swift", text: text)
        #expect(Layers.violations(in: file).count == 1)
    }
}
