import BarcodeReading
import Barcodes
import Foundation
import Pictures
import ScanTesting
import Testing

/// One row of `Data/expected.tsv`.
struct Sample: CustomStringConvertible {
    var path: String
    var kind: String
    var text: String

    var description: String { path }

    var hasCode: Bool { kind != "NONE" && kind != "PARTIAL" }

    static func all() throws -> [Sample] {
        let table = try String(contentsOf: folder.appending(path: "expected.tsv"), encoding: .utf8)
        return table.split(separator: "\n").dropFirst().map { line in
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
            return Sample(
                path: String(fields[0]), kind: String(fields[1]), text: unescaped(fields[2]))
        }
    }

    func picture() throws -> GreyPicture {
        let data = try Data(contentsOf: Self.folder.appending(path: path))
        return try GreyPicture(decoding: Array(data))
    }

    private static let folder = Bundle.module.bundleURL.appending(path: "Data")

    private static func unescaped(_ text: some StringProtocol) -> String {
        var result = ""
        var rest = text[...]
        while let character = rest.popFirst() {
            guard character == "\\", let letter = rest.popFirst() else {
                result.append(character)
                continue
            }
            switch letter {
            case "n": result += "\n"
            case "r": result += "\r"
            case "t": result += "\t"
            case "u":
                let code = UInt32(rest.prefix(4), radix: 16) ?? 0
                rest = rest.dropFirst(4)
                result.unicodeScalars.append(Unicode.Scalar(code) ?? "?")
            default: result.append(letter)
            }
        }
        return result
    }

    /// Whether a reading says what stands there; `expected.tsv` brackets some, and pads some.
    func isRight(_ code: CodeReading) -> Bool {
        hasCode && plain(code.text) == plain(text)
            && (code.symbology.rawValue == kind || code.symbology.carriesGTIN)
    }

    private func plain(_ text: String) -> String {
        var text = text.filter { !"()\u{1D}".contains($0) }
        if kind == "Codabar" {
            // Its first and last letters are optional there.
            text = text.filter { !"ABCDabcd".contains($0) }
        }
        if text.count == 16, text.hasPrefix("01") { text.removeFirst(2) }
        let isNumber = text.allSatisfy { ("0"..."9").contains($0) }
        return isNumber ? String(text.drop { $0 == "0" }) : text
    }
}

@Suite struct StillReaderTests {
    private static let zxing = [BuiltProgram.path("scanstation-driver-camera"), "zxing"]

    /// Nothing that is not there is read, and most of what is there.
    @Test(arguments: [
        (StillReader.Choice.both, right: 29), (.zbar, right: 19), (.zxing, right: 24),
    ])
    func readsMostAndNothingWrong(choice: StillReader.Choice, right limit: Int) throws {
        let reader = StillReader(choice, zxingProgram: Self.zxing)
        var right: [String] = []
        for sample in try Sample.all() {
            let codes = reader.codes(in: try sample.picture())
            for code in codes where !sample.isRight(code) {
                Issue.record("\(sample): \(code.symbology) read as \(code.text)")
            }
            if !codes.isEmpty { right.append(sample.path) }
        }
        #expect(right.count >= limit, "only \(right.count): \(right)")
    }

    /// A library that ends its process at every picture costs its own readings, no more.
    @Test func aBrokenEngineLeavesTheOther() throws {
        let picture = try #require(DrawnCode.ean13("4006381333931"))
        for program in [["/bin/false"], ["/does/not/exist"], ["/bin/cat"]] {
            let reader = StillReader(.both, zxingProgram: program)
            #expect(reader.codes(in: picture).map(\.text) == ["4006381333931"])
        }
    }
}
