import Foundation
import Testing

/// Every code that the programs can say has its line in docs/errors.md.
@Suite struct ErrorPageTests {
    @Test func everyCodeIsExplained() throws {
        let page = try SourceTree.file("docs/errors.md").text
        let files = try SourceTree.files(in: ["Sources"])
            .filter { !$0.isGenerated && $0.layer != "Testing" }
        let codes = Set(files.flatMap { Self.codes(in: $0.text) })
        #expect(codes.count > 100)
        let silent = codes.filter { !page.contains("`\($0)`") }.sorted()
        #expect(silent == [], "docs/errors.md says nothing about these")
    }

    static let samples: [(text: String, codes: [String])] = [
        (#"Feedback(.error, code: "disk-full", message: "x")"#, ["disk-full"]),
        (
            "var code: String {\n switch self {\n case .a: \"a-b\"\n case .b(_): \"c-d\"\n }\n}\n"
                + "case .x: \"not-a-code\"", ["a-b", "c-d"]
        ),
        ("enum Code: String {\n case a = \"a-b\"\n}\ncase x = \"y\"", ["a-b"]),
        ("refuse(code: \"\", \"x\")", []),
    ]

    @Test(arguments: samples)
    func aCodeIsFound(text: String, codes: [String]) {
        #expect(Self.codes(in: text) == codes)
    }

    /// Those written after `code:`, and those of a property `code` or an enumeration of codes.
    private static func codes(in text: String) -> [String] {
        var codes: [String] = []
        var isInside = false
        for line in text.split(separator: "\n") {
            if line.firstMatch(of: /var code: String \{|enum (Fault)?Code: String/) != nil {
                isInside = true
            }
            let pattern =
                isInside
                ? /case .*?"(?<code>[a-z][a-z0-9-]+)"/ : /code: "(?<code>[a-z][a-z0-9-]+)"/
            if let match = line.firstMatch(of: pattern) { codes.append(String(match.code)) }
            if isInside, line.firstMatch(of: /^( {4})?\}$/) != nil { isInside = false }
        }
        return codes
    }
}
