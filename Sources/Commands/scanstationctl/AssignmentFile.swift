import CommandKit
import LocalAPI

/// An assignment in a file: JSON, or CSV (RFC 4180) with headings.
enum AssignmentFile {
    static let sizeLimitBytes = 1 << 20
    private static let headings = [
        "place", "check", "item", "lot", "name", "quantity", "unit", "destination",
        "destination-check",
    ]

    static func parse(_ bytes: [UInt8], path: String, code: String) throws -> AssignmentRequest {
        let first = bytes.first { !" \t\r\n".utf8.contains($0) }
        if first == UInt8(ascii: "{") {
            do {
                return try APIForm.decode(AssignmentRequest.self, from: bytes)
            } catch {
                throw failure(path, nil, "is no assignment: \(error)")
            }
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw failure(path, nil, "is not UTF-8")
        }
        return AssignmentRequest(code: code, lines: try lines(of: text, path))
    }

    private static func lines(
        of text: String, _ path: String
    ) throws -> [AssignmentRequest.Line] {
        var rows = try CommaSeparated.rows(text) { throw failure(path, $0, "has an open quote") }
        guard !rows.isEmpty else { throw failure(path, nil, "is empty") }
        let names = rows.removeFirst().fields.map { $0.trimmed.lowercased() }
        for name in names where !headings.contains(name) {
            throw failure(path, 1, "has an unknown heading '\(name)'")
        }
        guard Set(names).count == names.count else { throw failure(path, 1, "names one twice") }
        for name in ["place", "item"] where !names.contains(name) {
            throw failure(path, 1, "lacks the heading '\(name)'")
        }
        return try rows.map { try line($0, names, path) }
    }

    private static func line(
        _ row: CommaSeparated.Row, _ names: [String], _ path: String
    ) throws -> AssignmentRequest.Line {
        guard row.fields.count == names.count else {
            throw failure(
                path, row.number, "has \(row.fields.count) fields, and \(names.count) headings")
        }
        let pairs = zip(names, row.fields.map(\.trimmed)).filter { !$0.1.isEmpty }
        let values = Dictionary(pairs) { first, _ in first }
        guard let place = values["place"], let item = values["item"] else {
            throw failure(path, row.number, "lacks its place or its item")
        }
        let quantity = values["quantity"]
        guard quantity.map({ Int64($0) != nil }) ?? true else {
            throw failure(path, row.number, "has the quantity '\(quantity ?? "")'")
        }
        return AssignmentRequest.Line(
            place: place, check: values["check"], item: item, lot: values["lot"],
            name: values["name"], quantity: quantity.flatMap { Int64($0) }, unit: values["unit"],
            destination: values["destination"], destinationCheck: values["destination-check"])
    }

    private static func failure(_ path: String, _ line: Int?, _ why: String) -> CommandFailure {
        let place = line.map { "\(path): line \($0)" } ?? path
        return CommandFailure(code: "bad-assignment", message: "\(place) \(why)")
    }
}

/// Rows of fields, RFC 4180: quotes around what holds commas, line ends or quotes.
enum CommaSeparated {
    struct Row {
        /// Of the line in the file, from 1.
        var number: Int
        var fields: [String]
    }

    /// Empty lines are no rows. `openQuote` throws for the line where a quote was left open.
    static func rows(_ text: String, openQuote: (Int) throws -> Void) throws -> [Row] {
        var rows: [Row] = []
        var row = Row(number: 1, fields: [])
        var (field, number, isQuoted, wasQuoted) = ("", 1, false, false)
        func end() {
            row.fields.append(field)
            if row.fields != [""] { rows.append(row) }
        }
        for character in text where character != "\u{FEFF}" {
            switch (character, isQuoted) {
            case ("\"", true): (isQuoted, wasQuoted) = (false, true)
            case ("\"", false):
                if wasQuoted { field.append("\"") }
                isQuoted = true
            case (",", false):
                row.fields.append(field)
                field = ""
            case (let character, false) where character.isNewline:
                end()
                number += 1
                (row, field) = (Row(number: number, fields: []), "")
            default:
                if character.isNewline { number += 1 }
                field.append(character)
            }
            if character != "\"" { wasQuoted = false }
        }
        if isQuoted { try openQuote(row.number) }
        end()
        return rows
    }
}

extension String {
    var trimmed: String {
        let rest = drop { $0 == " " || $0 == "\t" }
        return String(
            rest.prefix(rest.count - rest.reversed().prefix { $0 == " " || $0 == "\t" }.count))
    }
}
