/// The first sheet of an XLSX workbook (ECMA-376, SpreadsheetML), as text.
struct Workbook {
    static let partLimitBytes = 512 << 20

    private let archive: ZipArchive
    private let strings: [String]

    init(_ file: [UInt8]) throws(SheetError) {
        archive = try ZipArchive(file)
        let part = try archive.content("xl/sharedStrings.xml", limitBytes: Self.partLimitBytes)
        strings = try part.map(Self.strings) ?? []
    }

    private static func strings(_ part: [UInt8]) throws(SheetError) -> [String] {
        var scanner = XMLScanner(part)
        var (result, text, isText, isReading) = ([String](), "", false, false)
        while let token = try scanner.next() {
            switch token {
            case .start("si", _): text = ""
            case .start("t", _): isText = true
            // How a word is read aloud stands beside it, and is no part of it.
            case .start("rPh", _): isReading = true
            case .end("rPh"): isReading = false
            case .end("t"): isText = false
            case .end("si"): result.append(text)
            case .text(let more) where isText && !isReading: text += more
            default: break
            }
        }
        return result
    }

    /// Where the first sheet lies: by the workbook's list, or where every writer puts it.
    private func firstSheet() throws(SheetError) -> [UInt8] {
        let name = try firstSheetName() ?? "xl/worksheets/sheet1.xml"
        guard let sheet = try archive.content(name, limitBytes: Self.partLimitBytes) else {
            throw .notAWorkbook("it has no sheet")
        }
        return sheet
    }

    private func firstSheetName() throws(SheetError) -> String? {
        guard
            let id = try attribute("id", of: "sheet", in: "xl/workbook.xml", where: { _ in true }),
            let target = try attribute(
                "Target", of: "Relationship", in: "xl/_rels/workbook.xml.rels",
                where: { $0["Id"] == id })
        else { return nil }
        return target.hasPrefix("/") ? String(target.dropFirst()) : "xl/" + target
    }

    private func attribute(
        _ name: String, of element: String, in part: String,
        where isWanted: ([String: String]) -> Bool
    ) throws(SheetError) -> String? {
        guard let bytes = try archive.content(part, limitBytes: Self.partLimitBytes) else {
            return nil
        }
        var scanner = XMLScanner(bytes)
        while let token = try scanner.next() {
            if case .start(element, let attributes) = token, isWanted(attributes) {
                return attributes[name]
            }
        }
        return nil
    }

    func read(_ take: (Int, [String]) throws -> Void) throws {
        var scanner = XMLScanner(try firstSheet())
        var row = SheetRow(strings: strings)
        var count = 0
        while let token = try scanner.next() {
            guard let cells = try row.push(token) else { continue }
            count += 1
            guard count <= Sheet.rowLimit else {
                throw SheetError.tooLarge(what: "rows", limit: Sheet.rowLimit)
            }
            if cells.contains(where: { !$0.isEmpty }) { try take(row.number, cells) }
        }
    }
}

/// Gathers a row from the XML of a sheet.
struct SheetRow {
    private let strings: [String]
    private(set) var number = 0
    private var cells: [String] = []
    private var column = 0
    private var kind = ""
    private var text = ""
    private var isValue = false

    init(strings: [String]) {
        self.strings = strings
    }

    /// A row's cells, when this token ends one.
    mutating func push(_ token: XMLScanner.Token) throws(SheetError) -> [String]? {
        switch token {
        case .start("row", let attributes):
            number = attributes["r"].flatMap { Int($0) } ?? number + 1
            cells = []
        case .start("c", let attributes):
            column = attributes["r"].flatMap(Self.column) ?? cells.count
            (kind, text) = (attributes["t"] ?? "n", "")
        case .start("v", _), .start("t", _): isValue = true
        case .end("v"), .end("t"): isValue = false
        case .text(let more) where isValue: text += more
        case .end("c"): try endCell()
        case .end("row"): return cells
        default: break
        }
        return nil
    }

    private mutating func endCell() throws(SheetError) {
        guard (0..<Sheet.columnLimit).contains(column) else {
            throw .tooLarge(what: "columns", limit: Sheet.columnLimit)
        }
        while cells.count <= column { cells.append("") }
        cells[column] = try value()
    }

    private func value() throws(SheetError) -> String {
        switch kind {
        case "s":
            guard let index = Int(text), strings.indices.contains(index) else {
                throw .notAWorkbook("a cell's text is missing")
            }
            return strings[index]
        case "n": return Self.plain(text)
        default: return text
        }
    }

    /// Spreadsheets write long numbers, such as a GTIN, as 4.006381333931E+12.
    private static func plain(_ text: String) -> String {
        guard text.contains("E") || text.contains("e") || text.hasSuffix(".0"),
            let value = Double(text), value.rounded() == value, value.magnitude < 1e15
        else { return text }
        return String(Int64(value))
    }

    /// `C7` is 2.
    private static func column(_ reference: String) -> Int? {
        let letters = reference.utf8.prefix { (0x41...0x5A).contains($0) }
        guard !letters.isEmpty, letters.count <= 3 else { return nil }
        return letters.reduce(0) { $0 * 26 + Int($1) - 0x40 } - 1
    }
}
