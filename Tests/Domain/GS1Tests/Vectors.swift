import Foundation
import Testing

/// One line of GS1's own test cases.
struct Vector: Sendable {
    let kind: String
    let expected: String
    let input: String
    let output: String

    static func all(of kind: String) throws -> [Vector] {
        let url = Bundle.module.resourceURL?.appending(path: "Data/gs1-vectors.tsv")
        let text = try String(contentsOf: #require(url), encoding: .utf8)
        return try text.split(separator: "\n").dropFirst().map(Vector.init)
            .filter { $0.kind == kind }
    }

    private init(line: Substring) throws {
        let columns = line.split(separator: "\t", omittingEmptySubsequences: false)
            .map(Self.unescaped)
        try #require(columns.count == 4)
        (kind, expected, input, output) = (columns[0], columns[1], columns[2], columns[3])
    }

    private static func unescaped(_ text: Substring) -> String {
        var result = ""
        var rest = text
        while let first = rest.popFirst() {
            guard first == "\\" else {
                result.append(first)
                continue
            }
            switch rest.popFirst() {
            case "t": result.append("\t")
            case "n": result.append("\n")
            case "r": result.append("\r")
            case "u":
                let number = UInt32(rest.prefix(4), radix: 16).flatMap(Unicode.Scalar.init)
                rest = rest.dropFirst(4)
                result.unicodeScalars.append(number ?? "?")
            case let other?: result.append(other)
            case nil: result.append("\\")
            }
        }
        return result
    }
}
