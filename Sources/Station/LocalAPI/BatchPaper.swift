/// A batch on paper: one page of HTML that needs nothing else, for a browser to print.
public struct BatchPaper: Sendable {
    private let batch: BatchReport
    private let list: ExpectedListReport?
    private let station: String
    private let printed: String

    /// `printed`: when, in words.
    public init(
        _ batch: BatchReport, _ list: ExpectedListReport?, station: String, printed: String
    ) {
        self.batch = batch
        self.list = list
        self.station = station
        self.printed = printed
    }

    public var html: String {
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Batch \(batch.code.escaped)</title>
        <style>\(Self.style)</style>
        </head>
        <body>
        <h1>\(Self.titles[batch.mode] ?? "Batch") at \(batch.place.escaped)</h1>
        <p>Batch \(batch.code.escaped), \(batch.stage), station \(station.escaped). \(times)</p>
        <p class="sum">\(batch.lines) lines, \(batch.pieces) pieces\(destination)</p>
        \(comparison)
        \(units)
        \(goods)
        <p class="foot">Printed \(printed.escaped). Checked by: ______________________</p>
        </body>
        </html>

        """
    }

    private static let titles = ["receive": "Received", "count": "Counted", "move": "Moved"]
    private static let style = """
        body { font: 11pt/1.4 sans-serif; margin: 2em auto; max-width: 60em; padding: 0 1em; }
        table { border-collapse: collapse; width: 100%; margin: 0 0 1.5em; }
        th, td { text-align: left; padding: .25em .6em .25em 0; border-bottom: 1px solid #999; }
        .n { text-align: right; font-variant-numeric: tabular-nums; }
        .sum { font-size: 1.4em; font-weight: bold; } .bad { font-weight: bold; }
        .foot { margin-top: 3em; } tr { break-inside: avoid; }
        @media print { body { margin: 0; max-width: none; } }
        """

    private var times: String {
        "Opened \(batch.opened.escaped)" + (batch.closed.map { ", closed \($0.escaped)." } ?? ".")
    }

    private var destination: String {
        batch.destination.map { ", to \($0.escaped)" } ?? ""
    }

    private var goods: String {
        let rows = batch.goods.map { group in
            let flags = [
                group.isRecalled == true ? "recalled" : nil,
                group.isExpired == true ? "expired" : nil,
            ].compactMap { $0 }.joined(separator: ", ")
            return Self.row([
                group.name ?? "", group.code, group.lot ?? "",
                (group.expiry ?? "") + (flags.isEmpty ? "" : " (\(flags))"),
                group.unit.map(Self.shortUnit) ?? "", "\(group.pieces)",
            ])
        }
        return table("Goods", ["Name", "Code", "Lot", "Expiry", "In unit", "Pieces"], rows)
    }

    private var units: String {
        let rows = batch.flatUnits.map { unit, depth in
            Self.row([
                String(repeating: "· ", count: depth) + Self.shortUnit(unit.unit),
                unit.isScanned ? "scanned" : "not scanned", "\(unit.pieces)",
            ])
        }
        return table("Logistic units", ["Unit", "Label", "Pieces"], rows)
    }

    private var comparison: String {
        guard let list, let compared = list.comparison else { return "" }
        let rows = compared.lines.map { line in
            Self.row([
                "\(line.number)", line.name ?? line.item, line.lot ?? "",
                "\(line.expected)", "\(line.scanned)",
                line.state == "complete" ? "" : Self.difference(line),
            ])
        }
        let strays = compared.strays.map { stray in
            Self.row([
                "", stray.name ?? stray.code, stray.lot ?? "", "0", "\(stray.pieces)",
                Self.reasons[stray.reason] ?? stray.reason,
            ])
        }
        return """
            <h2>Against list \(list.code.escaped)</h2>
            <p class="sum">\(Self.verdict(compared))</p>
            """
                + table("", ["Line", "Goods", "Lot", "Expected", "Scanned", ""], rows + strays)
    }

    static func verdict(_ compared: ExpectedListReport.Comparison) -> String {
        guard !compared.isExact else { return "Complete: \(compared.expected) pieces" }
        let parts = [
            ("missing", compared.missing), ("over", compared.over), ("wrong", compared.wrong),
            ("extra", compared.extra),
        ].filter { $0.1 > 0 }.map { "\($0.1) \($0.0)" }
        return parts.joined(separator: ", ")
    }

    private static let reasons = [
        "extra": "not on the list", "lot": "another lot", "unit": "another unit",
        "place": "another place",
    ]

    private static func difference(_ line: ExpectedListReport.Line) -> String {
        let difference = line.scanned - line.expected
        return difference < 0 ? "\(-difference) missing" : "\(difference) over"
    }

    /// The SSCC alone.
    private static func shortUnit(_ unit: String) -> String {
        unit.hasPrefix("00/") ? String(unit.dropFirst(3)) : unit
    }

    private static func row(_ cells: [String]) -> String {
        let isNumber = { (cell: String) in !cell.isEmpty && cell.allSatisfy(\.isNumber) }
        return "<tr>"
            + cells.map { cell in
                "<td\(isNumber(cell) && cell.count < 8 ? " class=\"n\"" : "")>\(cell.escaped)</td>"
            }.joined() + "</tr>"
    }

    private func table(_ title: String, _ heads: [String], _ rows: [String]) -> String {
        guard !rows.isEmpty else { return "" }
        return (title.isEmpty ? "" : "<h2>\(title)</h2>\n")
            + "<table>\n<thead><tr>" + heads.map { "<th>\($0)</th>" }.joined()
            + "</tr></thead>\n<tbody>\n" + rows.joined(separator: "\n") + "\n</tbody></table>"
    }
}

extension ExpectedListReport.Comparison {
    /// `3 missing, 1 wrong`, or that it is complete.
    public var verdict: String { BatchPaper.verdict(self) }
}

extension String {
    /// As text of HTML.
    fileprivate var escaped: String {
        var text = ""
        for character in self {
            switch character {
            case "&": text += "&amp;"
            case "<": text += "&lt;"
            case ">": text += "&gt;"
            case "\"": text += "&quot;"
            default: text.append(character)
            }
        }
        return text
    }
}
