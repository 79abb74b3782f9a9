/// Comma-separated values after RFC 4180, and what spreadsheets make of it: a byte order mark,
/// semicolons or tabs for commas, lone line feeds, and Windows' characters where it isn't UTF-8.
struct CSVReader {
    private let bytes: [UInt8]
    private let separator: UInt8
    private let isUTF8: Bool

    private static let quote = UInt8(ascii: "\"")
    private static let lineFeed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")

    init(_ file: [UInt8]) {
        bytes = file.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(file.dropFirst(3)) : file
        isUTF8 = String(validating: bytes, as: UTF8.self) != nil
        separator = Self.separator(of: bytes)
    }

    /// The one that stands most often in the first row, outside of quotation marks.
    private static func separator(of bytes: [UInt8]) -> UInt8 {
        let choices = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")]
        var counts = [0, 0, 0]
        var isQuoted = false
        for byte in bytes {
            if byte == quote { isQuoted.toggle() }
            guard !isQuoted else { continue }
            if byte == lineFeed || byte == carriageReturn { break }
            if let index = choices.firstIndex(of: byte) { counts[index] += 1 }
        }
        let most = counts.max() ?? 0
        return choices[counts.firstIndex(of: most) ?? 0]
    }

    func read(_ take: (Int, [String]) throws -> Void) throws {
        var (index, row) = (0, 0)
        while index < bytes.count {
            row += 1
            guard row <= Sheet.rowLimit else {
                throw SheetError.tooLarge(what: "rows", limit: Sheet.rowLimit)
            }
            let cells = try cells(at: &index, row: row)
            if cells.contains(where: { !$0.isEmpty }) { try take(row, cells) }
        }
    }

    /// One row, and `index` behind its end.
    private func cells(at index: inout Int, row: Int) throws(SheetError) -> [String] {
        var cells: [String] = []
        while true {
            guard cells.count < Sheet.columnLimit else {
                throw .tooLarge(what: "columns", limit: Sheet.columnLimit)
            }
            cells.append(try cell(at: &index, row: row))
            guard index < bytes.count else { return cells }
            let end = bytes[index]
            index += 1
            if end == separator { continue }
            if end == Self.carriageReturn, index < bytes.count, bytes[index] == Self.lineFeed {
                index += 1
            }
            return cells
        }
    }

    /// One cell, and `index` at what ended it.
    private func cell(at index: inout Int, row: Int) throws(SheetError) -> String {
        guard index < bytes.count, bytes[index] == Self.quote else {
            let start = index
            while index < bytes.count, !isEnd(bytes[index]) { index += 1 }
            return try text(bytes[start..<index])
        }
        index += 1
        var content: [UInt8] = []
        while true {
            guard index < bytes.count else { throw .openQuote(row: row) }
            let byte = bytes[index]
            index += 1
            guard byte == Self.quote else {
                content.append(byte)
                continue
            }
            guard index < bytes.count, bytes[index] == Self.quote else { break }
            content.append(byte)
            index += 1
        }
        // What stands between the mark and the separator belongs to the cell as well.
        while index < bytes.count, !isEnd(bytes[index]) {
            content.append(bytes[index])
            index += 1
        }
        return try text(content[...])
    }

    private func isEnd(_ byte: UInt8) -> Bool {
        byte == separator || byte == Self.lineFeed || byte == Self.carriageReturn
    }

    private func text(_ bytes: ArraySlice<UInt8>) throws(SheetError) -> String {
        guard bytes.count <= Sheet.cellLimitBytes else {
            throw .tooLarge(what: "bytes in a cell", limit: Sheet.cellLimitBytes)
        }
        return isUTF8 ? String(decoding: bytes, as: UTF8.self) : WindowsText.decode(bytes)
    }
}

/// Windows-1252, of which ISO 8859-1 is the part without control characters.
enum WindowsText {
    /// 80 to 9F; those that nobody assigned stay what they are in Latin 1.
    private static let upper: [UInt32] = [
        0x20AC, 0x81, 0x201A, 0x192, 0x201E, 0x2026, 0x2020, 0x2021, 0x2C6, 0x2030, 0x160, 0x2039,
        0x152, 0x8D, 0x17D, 0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
        0x2DC, 0x2122, 0x161, 0x203A, 0x153, 0x9D, 0x17E, 0x178,
    ]

    static func decode(_ bytes: some Sequence<UInt8>) -> String {
        var text = ""
        for byte in bytes {
            let value = (0x80...0x9F).contains(byte) ? upper[Int(byte) - 0x80] : UInt32(byte)
            text.unicodeScalars.append(Unicode.Scalar(value) ?? "?")
        }
        return text
    }
}
