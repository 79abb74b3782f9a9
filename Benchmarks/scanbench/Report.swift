/// What a section found.
struct Report {
    var title: String
    /// What was measured, against what.
    var about: String
    var columns: [String] = []
    var rows: [[String]] = []
    var goals: [Goal] = []
    /// What could not be measured, and why.
    var missing: [String] = []

    mutating func expect(_ text: String, _ isMet: Bool) {
        goals.append(Goal(text: text, isMet: isMet))
    }
}

/// What the section should find, with what it did find.
struct Goal {
    var text: String
    var isMet: Bool
}

extension Report {
    /// For a terminal.
    var text: String {
        let widths = columns.indices.map { column in
            ([columns] + rows).map { $0[column].count }.max() ?? 0
        }
        let table = columns.isEmpty ? [] : ([columns] + rows).map { line($0, widths) }
        let verdicts = goals.map { "  \($0.isMet ? "met " : "MISS") \($0.text)" }
        return ([title, "  " + about] + table + verdicts + missing.map { "  not run: \($0)" })
            .joined(separator: "\n")
    }

    private func line(_ cells: [String], _ widths: [Int]) -> String {
        let padded = zip(cells, widths).enumerated().map { column, cell in
            let space = String(repeating: " ", count: cell.1 - cell.0.count)
            return column == 0 ? cell.0 + space : space + cell.0
        }
        return "  " + padded.joined(separator: "  ")
    }

    var markdown: String {
        var lines = ["### \(title)", "", about, ""]
        if !columns.isEmpty {
            let rule = ["---"] + columns.dropFirst().map { _ in "--:" }
            lines += ([columns, rule] + rows).map { "| " + $0.joined(separator: " | ") + " |" }
            lines.append("")
        }
        lines += goals.map { "- \($0.isMet ? "met" : "**missed**"): \($0.text)" }
        lines += missing.map { "- not run: \($0)" }
        return lines.joined(separator: "\n") + "\n"
    }
}

/// Numbers as people read them.
enum Figure {
    /// `1,234`, or `12.3` below a hundred.
    static func of(_ value: Double) -> String {
        value < 100 ? decimal(value, places: 1) : grouped(Int(value.rounded()))
    }

    static func ratio(_ value: Double) -> String { decimal(value, places: 2) }

    static func percent(_ value: Double) -> String { decimal(value, places: 2) + " %" }

    private static func decimal(_ value: Double, places: Int) -> String {
        let scale = places == 1 ? 10.0 : 100.0
        let scaled = Int((value * scale).rounded())
        let fraction = String(abs(scaled) % Int(scale))
        let zeros = String(repeating: "0", count: places - fraction.count)
        return "\(scaled < 0 ? "-" : "")\(abs(scaled) / Int(scale)).\(zeros)\(fraction)"
    }

    private static func grouped(_ value: Int) -> String {
        let digits = String(abs(value))
        var result = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { result.append(",") }
            result.append(digit)
        }
        return (value < 0 ? "-" : "") + result
    }
}
