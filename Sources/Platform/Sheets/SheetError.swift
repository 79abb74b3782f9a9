/// Why a file has no rows to read. `code` is stable: docs/errors.md.
public enum SheetError: Error, Equatable, CustomStringConvertible {
    /// The file is longer, or says that it would be, or holds more.
    case tooLarge(what: String, limit: Int)
    /// A zip file, and no workbook that can be read.
    case notAWorkbook(String)
    /// A quotation mark that nothing ends, in this row.
    case openQuote(row: Int)

    public var code: String {
        switch self {
        case .tooLarge: "sheet-too-large"
        case .notAWorkbook: "sheet-malformed"
        case .openQuote: "sheet-open-quote"
        }
    }

    public var description: String {
        switch self {
        case .tooLarge(let what, let limit): "the file has more than \(limit) \(what)"
        case .notAWorkbook(let why): "the file is no workbook that can be read: \(why)"
        case .openQuote(let row): "row \(row) has a quotation mark that nothing ends"
        }
    }
}
