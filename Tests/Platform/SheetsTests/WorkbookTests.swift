import Foundation
import ScanTesting
import Testing

@testable import Sheets

/// `items.xlsx` was written by openpyxl, `inline.xlsx` by hand: `Data/README.md`.
@Suite struct WorkbookTests {
    private static func file(_ name: String) throws -> [UInt8] {
        let url = try #require(
            Bundle.module.url(forResource: "Data/\(name)", withExtension: "xlsx"))
        return Array(try Data(contentsOf: url))
    }

    private static func rows(_ bytes: [UInt8]) throws -> [[String]] {
        var rows: [[String]] = []
        try Sheet.read(bytes) { rows.append($1) }
        return rows
    }

    @Test func readsTheFirstSheet() throws {
        #expect(
            try Self.rows(Self.file("items")) == [
                ["sku", "name", "ean", "pack"],
                ["A-1", "Löffel & Gabel <groß>", "4006381333931", "12"],
                ["A-2", "two\nlines", "", "1"],
            ])
    }

    @Test func readsTextThatStandsInTheCell() throws {
        #expect(
            try Self.rows(Self.file("inline")) == [
                ["key", "name"], ["B 1", ""], ["C", "Nut & bolt", "4006381333931"],
            ])
    }

    @Test func aDamagedOneIsRefusedAndHarmsNothing() throws {
        let whole = try Self.file("items")
        for seed in UInt64(0)..<200 {
            var random = SplitMix64(seed: seed)
            var bytes = whole
            for _ in 0..<Int.random(in: 1...8, using: &random) {
                bytes[Int.random(in: 4..<bytes.count, using: &random)] = .random(
                    in: 0...255, using: &random)
            }
            bytes.removeLast(Int.random(in: 0..<40, using: &random))
            // Either it is read, or it is said what is wrong.
            do { _ = try Self.rows(bytes) } catch is SheetError {}
        }
    }

    /// A file that says it is 4 GiB long, and one that is longer than it says.
    @Test func aBombIsNotUnpacked() throws {
        var bytes = try Self.file("items")
        let mark = try #require(
            bytes.indices.first { bytes[$0...].starts(with: [0x50, 0x4B, 0x01, 0x02]) })
        bytes.replaceSubrange((mark + 24)..<(mark + 28), with: [0xFF, 0xFF, 0xFF, 0x7F])
        #expect(throws: SheetError.self) {
            let archive = try ZipArchive(bytes)
            for name in ["xl/worksheets/sheet1.xml", "[Content_Types].xml", "docProps/app.xml"] {
                _ = try archive.content(name, limitBytes: 1 << 20)
            }
        }
        var short = try Self.file("items")
        short.replaceSubrange((mark + 24)..<(mark + 28), with: [1, 0, 0, 0])
        #expect(throws: SheetError.self) {
            let archive = try ZipArchive(short)
            for name in ["xl/worksheets/sheet1.xml", "[Content_Types].xml", "docProps/app.xml"] {
                _ = try archive.content(name, limitBytes: 1 << 20)
            }
        }
    }

    @Test(arguments: [
        "<!DOCTYPE x [<!ENTITY a \"b\">]><x>&a;</x>", "<x>&a;</x>", "<x", "<x a='1>",
        "<x>&#x110000;</x>",
    ])
    func whatIsNoXMLOfAWorkbookIsRefused(text: String) {
        #expect(throws: SheetError.self) {
            var scanner = XMLScanner(Array(text.utf8))
            while try scanner.next() != nil {}
        }
    }
}
