import Hub

/// Rows of text in columns, for people.
struct TextTable {
    enum Side {
        case left, right
    }

    var columns: [(title: String, side: Side)]
    private var rows: [[String]] = []

    init(_ columns: [(title: String, side: Side)]) {
        self.columns = columns
    }

    mutating func add(_ row: [String]) {
        rows.append(row.map(TerminalText.safe))
    }

    /// The lines, titles first. A column that is empty throughout is left out.
    var lines: [String] {
        let used = columns.indices.filter { column in rows.contains { !$0[column].isEmpty } }
        let titled = [columns.map(\.title)] + rows
        let widths = columns.indices.map { column in titled.map { $0[column].count }.max() ?? 0 }
        return titled.map { row in
            let cells = used.map { padded(row[$0], to: widths[$0], columns[$0].side) }
            let line = cells.joined(separator: "  ")
            return String(line.reversed().drop { $0 == " " }.reversed())
        }
    }

    private func padded(_ text: String, to width: Int, _ side: Side) -> String {
        let space = String(repeating: " ", count: max(0, width - text.count))
        return side == .left ? text + space : space + text
    }
}
