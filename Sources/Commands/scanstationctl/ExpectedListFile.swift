import CommandKit
import LocalAPI

/// An expected list in a file: JSON, or CSV (RFC 4180) with headings.
enum ExpectedListFile {
    static let sizeLimitBytes = 4 << 20
    /// By every name that is taken.
    private static let headings = [
        "item": "item", "code": "item", "gtin": "item", "ean": "item", "sku": "item",
        "lot": "lot", "batch": "lot", "quantity": "quantity", "qty": "quantity",
        "unit": "unit", "sscc": "unit", "place": "place", "location": "place", "name": "name",
    ]

    static func parse(_ bytes: [UInt8], path: String, code: String) throws -> ExpectedListRequest {
        let first = bytes.first { !" \t\r\n".utf8.contains($0) }
        if first == UInt8(ascii: "{") {
            do {
                return try APIForm.decode(ExpectedListRequest.self, from: bytes)
            } catch {
                throw failure(path, nil, "is no list: \(error)")
            }
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw failure(path, nil, "is not UTF-8")
        }
        return ExpectedListRequest(code: code, lines: try lines(of: text, path))
    }

    private static func lines(
        of text: String, _ path: String
    ) throws -> [ExpectedListRequest.Line] {
        var rows = try CommaSeparated.rows(text) { throw failure(path, $0, "has an open quote") }
        guard !rows.isEmpty else { throw failure(path, nil, "is empty") }
        let names = try rows.removeFirst().fields.map { try heading($0.trimmed.lowercased(), path) }
        guard Set(names).count == names.count else { throw failure(path, 1, "names one twice") }
        guard names.contains("item") || names.contains("unit") else {
            throw failure(path, 1, "lacks the heading 'item'")
        }
        return try rows.map { try line($0, names, path) }
    }

    private static func heading(_ name: String, _ path: String) throws -> String {
        guard let known = headings[name] else {
            throw failure(path, 1, "has an unknown heading '\(name)'")
        }
        return known
    }

    private static func line(
        _ row: CommaSeparated.Row, _ names: [String], _ path: String
    ) throws -> ExpectedListRequest.Line {
        guard row.fields.count == names.count else {
            throw failure(
                path, row.number, "has \(row.fields.count) fields, and \(names.count) headings")
        }
        let pairs = zip(names, row.fields.map(\.trimmed)).filter { !$0.1.isEmpty }
        let values = Dictionary(pairs) { first, _ in first }
        let quantity = values["quantity"]
        guard quantity.map({ Int64($0) != nil }) ?? true else {
            throw failure(path, row.number, "has the quantity '\(quantity ?? "")'")
        }
        guard let item = values["item"] ?? values["unit"] else {
            throw failure(path, row.number, "lacks its item")
        }
        return ExpectedListRequest.Line(
            item: item, lot: values["lot"], quantity: quantity.flatMap { Int64($0) },
            unit: values["item"] == nil ? nil : values["unit"], place: values["place"],
            name: values["name"])
    }

    private static func failure(_ path: String, _ line: Int?, _ why: String) -> CommandFailure {
        let place = line.map { "\(path): line \($0)" } ?? path
        return CommandFailure(code: "bad-list", message: "\(place) \(why)")
    }
}
