/// The rows of a table that people keep in a file: CSV, or the first sheet of an XLSX workbook.
public enum Sheet {
    public static let fileLimitBytes = 256 << 20
    public static let rowLimit = 2_000_000
    public static let columnLimit = 256
    public static let cellLimitBytes = 64 << 10

    /// Calls `take` for each row that is not empty, with its number as people count it, from 1.
    public static func read(
        _ bytes: [UInt8], _ take: (_ row: Int, _ cells: [String]) throws -> Void
    ) throws {
        guard bytes.count <= fileLimitBytes else {
            throw SheetError.tooLarge(what: "bytes", limit: fileLimitBytes)
        }
        if bytes.starts(with: ZipArchive.mark) {
            return try Workbook(bytes).read(take)
        }
        try CSVReader(bytes).read(take)
    }
}
