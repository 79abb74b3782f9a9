import Foundation
import Testing

@testable import NDEF

@Suite struct VectorTests {
    struct Vector: Sendable, CustomTestStringConvertible {
        let id: String
        let bytes: [UInt8]
        let columns: [String]

        var testDescription: String { id }

        static func all(in file: String) throws -> [Vector] {
            let url = Bundle.module.url(forResource: "Data/\(file)", withExtension: "tsv")
            let text = try String(contentsOf: try #require(url), encoding: .utf8)
            return text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
                let columns = line.split(separator: "\t", omittingEmptySubsequences: false)
                    .map(String.init)
                return Vector(
                    id: columns[0], bytes: bytes(columns[1]), columns: Array(columns[2...]))
            }
        }

        private static func bytes(_ hex: String) -> [UInt8] {
            stride(from: 0, to: hex.count, by: 2).compactMap { index in
                UInt8(hex.dropFirst(index).prefix(2), radix: 16)
            }
        }
    }

    @Test(arguments: try Vector.all(in: "vectors"))
    func decodesOrRejects(_ vector: Vector) throws {
        guard vector.columns[0] == "ok" else {
            #expect(throws: NDEFFault.self) { try NDEFMessage(decoding: vector.bytes) }
            return
        }
        let records = try NDEFMessage(decoding: vector.bytes).records
        let expected = try JSONSerialization.jsonObject(with: Data(vector.columns[1].utf8))
        #expect(records.map(Shape.init) == (expected as? [[String: Any]])?.map(Shape.init))
    }

    @Test func thereAreVectorsOfBothKinds() throws {
        let vectors = try Vector.all(in: "vectors")
        #expect(vectors.filter { $0.columns[0] == "ok" }.count >= 31)
        #expect(vectors.filter { $0.columns[0] == "error" }.count >= 24)
    }

    @Test func noBytesAreAnEmptyTag() throws {
        #expect(try NDEFMessage(decoding: []).records == [])
    }

    static let rejected = [
        "trailing-byte", "trailing-after-uri", "unchanged-alone", "unchanged-first-chunk",
        "wkt-no-type-payload", "wkt-id-no-type", "chunk-middle-has-type", "chunk-me-then-nothing",
    ]

    @Test(arguments: rejected)
    func whereDecodersDifferTheStrictOneIsRight(id: String) throws {
        let vector = try #require(try Vector.all(in: "divergent").first { $0.id == id })
        #expect(throws: NDEFFault.self) { try NDEFMessage(decoding: vector.bytes) }
    }

    @Test func textWithoutByteOrderMarkIsBigEndian() throws {
        let vector = try Vector.all(in: "divergent").first { $0.id == "text-utf16-no-bom" }
        let records = try NDEFMessage(decoding: try #require(vector).bytes).records
        guard case .text(let text) = records.first?.content else { throw NoText() }
        #expect(text.text == "Hi")
    }

    private struct NoText: Error {}
}

/// What a vector says of a record, and what a record is, in one form.
private struct Shape: Equatable {
    var texts: [String: String] = [:]
    var records: [Shape] = []

    init(_ json: [String: Any]) {
        for (key, value) in json where key != "records" && key != "titles" {
            texts[key] = "\(value is NSNull ? "none" : value)"
        }
        for (language, title) in json["titles"] as? [String: String] ?? [:] {
            texts["title-\(language)"] = title
        }
        records = (json["records"] as? [[String: Any]] ?? []).map(Shape.init)
    }

    init(_ record: NDEFRecord) {
        texts = [
            "tnf": "\(record.format.rawValue)", "type": String(latin1: record.type),
            "id": String(latin1: record.id),
            "payload": record.payload.map { String(format: "%02x", $0) }.joined(),
        ]
        switch record.content {
        case .empty: texts["kind"] = "empty"
        case .uri(let uri): (texts["kind"], texts["uri"]) = ("uri", uri)
        case .text(let text):
            (texts["kind"], texts["text"], texts["lang"]) = ("text", text.text, text.language)
            texts["encoding"] = text.encoding.rawValue
        case .smartPoster(let poster):
            (texts["kind"], texts["uri"]) = ("smartposter", poster.uri)
            texts["action"] = poster.action.map { ["exec", "save", "edit"][Int($0.rawValue)] }
            texts["action"] = texts["action"] ?? "none"
            for title in poster.titles { texts["title-\(title.language)"] = title.text }
            records = poster.records.map(Shape.init)
        case .wellKnown: texts["kind"] = "well-known"
        case .media: texts["kind"] = "mime"
        case .absoluteURI: texts["kind"] = "absolute-uri"
        case .external: texts["kind"] = "external"
        case .unknown: texts["kind"] = "unknown"
        }
    }
}
