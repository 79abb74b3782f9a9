import ArgumentParser
import LocalAPI

struct LookUpCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lookup", abstract: "Say what a code is and how much of it is where.",
        discussion: """
            scanstationctl lookup 4006381333931
            scanstationctl lookup LOC-A1        what is at a place
            scanstationctl lookup 4006381333931 --all
                                                also the other side of the books: outside, shipped
            """)

    @Argument(help: "A code, as a scanner would read it.") var code: String
    @Flag(help: "Show the ledger's own places too.") var all = false
    @OptionGroup var station: StationOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let report = try await station.client().get(
            "/lookup?code=\(code.urlPart)&all=\(all)", as: LookUpReport.self)
        output.show(report, as: Self.text)
    }

    private static func text(_ report: LookUpReport) -> String {
        var lines = ["\(report.meaning) \(Paint.strong(report.name))"]
        if let name = report.item?.name ?? report.placeName, !name.isEmpty {
            lines[0] += " " + name
        }
        if let pack = report.packQuantity { lines.append("the code stands for \(pack) of it") }
        if let item = report.item, !item.codes.isEmpty {
            lines.append("codes " + SearchCommand.codes(of: item))
        }
        if let serial = report.serial { lines.append("at " + text(serial)) }
        if !report.stock.isEmpty {
            var table = Table("ITEM", "PLACE", "LOT", "QUANTITY", "")
            for row in report.stock {
                let doubt = row.ifCountedLast.map { "count again: or \($0)" }
                let note = doubt ?? (row.isInternal == true ? "no place of yours" : "")
                table.add(
                    .init(row.item), .init(row.place), .init(row.lot ?? "-"),
                    .init("\(row.quantity)"), .init(note, .notable))
            }
            lines.append(table.text)
        } else if report.serial == nil {
            lines.append("Nothing is known of it here.")
        }
        if let untaught = report.untaught {
            let stock = untaught.map { "\($0.quantity) × \($0.item) at \($0.place)" }
            lines.append(
                "booked under its codes before they were known: " + stock.joined(separator: ", "))
        }
        if report.isTruncated { lines.append("There is more.") }
        return lines.joined(separator: "\n")
    }

    private static func text(_ serial: SerialReport) -> String {
        serial.contested.count < 2
            ? serial.place
            : "\(serial.place), contested: " + serial.contested.joined(separator: " or ")
    }
}
