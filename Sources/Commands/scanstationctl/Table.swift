/// Columns under headings, as wide as they need to be.
struct Table {
    private static let gap = "  "
    private let headings: [String]
    private var rows: [[Cell]] = []

    struct Cell: ExpressibleByStringLiteral {
        var text: String
        var paint: Paint?

        init(_ text: String, _ paint: Paint? = nil) {
            self.text = text
            self.paint = paint
        }

        init(stringLiteral text: String) {
            self.init(text)
        }
    }

    init(_ headings: String...) {
        self.headings = headings
    }

    mutating func add(_ cells: Cell...) {
        rows.append(cells)
    }

    var text: String {
        let all = [headings.map { Cell($0, .quiet) }] + rows
        let widths = headings.indices.map { column in
            all.map { $0[column].text.count }.max() ?? 0
        }
        return all.map { line($0, widths) }.joined(separator: "\n")
    }

    private func line(_ cells: [Cell], _ widths: [Int]) -> String {
        var line = ""
        for (column, cell) in cells.enumerated() {
            line += cell.paint?(cell.text) ?? cell.text
            guard column < cells.count - 1 else { break }
            let missing = widths[column] - cell.text.count
            line += String(repeating: " ", count: missing) + Self.gap
        }
        return line
    }
}
