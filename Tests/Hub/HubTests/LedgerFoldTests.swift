import Foundation
import Testing

@testable import Hub

/// The cases that the fold itself is tested with, through the command's own reading and writing.
@Suite struct LedgerFoldTests {
    static let lines: [String] = {
        let data = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Domain/ReplicationTests/Data").standardizedFileURL
        return ["examples.jsonl", "cases.jsonl"].flatMap { name in
            let text = try? String(contentsOf: data.appending(path: name), encoding: .utf8)
            return (text ?? "").split(separator: "\n").map(String.init)
        }
    }()

    private struct Case: Decodable {
        var `case`: String
        var expected: FoldOutput
    }

    @Test func isThere() {
        #expect(Self.lines.count == 71)
    }

    @Test func foldsEveryCaseToItsState() throws {
        for line in Self.lines {
            let expected = try JSONDecoder().decode(Case.self, from: Data(line.utf8))
            let result = LedgerFold.fold(line: line)
            #expect(result.isGood)
            let state = try JSONDecoder().decode(FoldOutput.self, from: Data(result.json.utf8))
            #expect(state == expected.expected, "\(expected.case)")
        }
    }

    @Test(arguments: ["", "{}", "[]", #"{"operations":[{"kind":"adjust"}]}"#])
    func saysThatALineMakesNoSense(line: String) {
        let result = LedgerFold.fold(line: line)
        #expect(!result.isGood)
        #expect(result.json.hasPrefix(#"{"error":{"code":"malformed""#))
    }

    @Test func breaksTiesByTheBytesOfNames() {
        let line = """
            {"operations":[\
            {"station":"s","incarnation":"b","seq":1,"base":0,"pos":1,"rank":5,"kind":"serial",\
            "serial":"S","place":"late"},\
            {"station":"s","incarnation":"B","seq":1,"base":0,"pos":2,"rank":5,"kind":"serial",\
            "serial":"S","place":"early"}]}
            """
        #expect(LedgerFold.fold(line: line).json.contains(#""place":"late""#))
    }
}
