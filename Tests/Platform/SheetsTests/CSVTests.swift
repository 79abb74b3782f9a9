import Testing

@testable import Sheets

@Suite struct CSVTests {
    static let files: [(rule: String, bytes: [UInt8], rows: [[String]])] = [
        ("commas", Array("a,b\n1,2\n".utf8), [["a", "b"], ["1", "2"]]),
        ("no end of the last line", Array("a,b\n1,2".utf8), [["a", "b"], ["1", "2"]]),
        ("CRLF", Array("a,b\r\n1,2\r\n".utf8), [["a", "b"], ["1", "2"]]),
        ("semicolons", Array("a;b\n1,5;2\n".utf8), [["a", "b"], ["1,5", "2"]]),
        ("tabs", Array("a\tb\n1\t2\n".utf8), [["a", "b"], ["1", "2"]]),
        ("a byte order mark", [0xEF, 0xBB, 0xBF] + Array("a,b\n".utf8), [["a", "b"]]),
        (
            "quoted separators", Array("a,b\n\"1,5\",\"x\"\"y\"\n".utf8),
            [["a", "b"], ["1,5", "x\"y"]]
        ),
        ("quoted line feeds", Array("a,b\n\"1\n2\",3\n".utf8), [["a", "b"], ["1\n2", "3"]]),
        (
            "separators in a quoted header", Array("\"a,x\";b\n1;2\n".utf8),
            [["a,x", "b"], ["1", "2"]]
        ),
        ("empty cells", Array("a,b,c\n,,3\n".utf8), [["a", "b", "c"], ["", "", "3"]]),
        (
            "Windows' characters", Array("L".utf8) + [0xF6] + Array("ffel,5 ".utf8) + [0x80],
            [["Löffel", "5 €"]]
        ),
        ("UTF-8", Array("Löffel,5 €".utf8), [["Löffel", "5 €"]]),
        ("one column", Array("a\n1\n".utf8), [["a"], ["1"]]),
        ("a quotation mark inside", Array("a,5\" pipe\n".utf8), [["a", "5\" pipe"]]),
    ]

    @Test(arguments: files)
    func reads(rule: String, bytes: [UInt8], rows: [[String]]) throws {
        var read: [[String]] = []
        try Sheet.read(bytes) { read.append($1) }
        #expect(read == rows)
    }

    @Test func emptyRowsCountAndAreLeftOut() throws {
        var read: [Int] = []
        try Sheet.read(Array("a\n\n,\nb\n".utf8)) { row, _ in read.append(row) }
        #expect(read == [1, 4])
    }

    @Test func anOpenQuoteIsTold() {
        #expect(throws: SheetError.openQuote(row: 2)) {
            try Sheet.read(Array("a,b\n\"1,2\n3,4\n".utf8)) { _, _ in }
        }
    }

    @Test(arguments: [256, 257])
    func columnsAreLimited(count: Int) {
        let line = Array(repeating: "x", count: count).joined(separator: ",")
        let isTaken = (try? Sheet.read(Array(line.utf8)) { _, _ in }) != nil
        #expect(isTaken == (count <= Sheet.columnLimit))
    }

    @Test(arguments: [Sheet.cellLimitBytes, Sheet.cellLimitBytes + 1])
    func cellsAreLimited(count: Int) {
        let isTaken = (try? Sheet.read(Array(repeating: 0x78, count: count)) { _, _ in }) != nil
        #expect(isTaken == (count <= Sheet.cellLimitBytes))
    }
}
