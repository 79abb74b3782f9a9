import ArgumentParser
import LocalAPI

struct BatchesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "batches", abstract: "List batches, or show one with its lines.",
        discussion: """
            scanstationctl batches
            scanstationctl batches CODE
            """)

    @Argument(help: "Only this batch, with its lines.") var code: String?
    @OptionGroup var station: StationOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let client = try station.client()
        if let code {
            let batch = try await client.get("/batches/\(code.urlPart)", as: BatchReport.self)
            return output.show(batch, as: Self.text)
        }
        let list = try await client.get("/batches", as: BatchList.self)
        output.show(each: list.batches, as: Self.table)
    }

    private static func table(_ batches: [BatchReport]) -> String {
        guard !batches.isEmpty else { return "No batch yet." }
        var table = Table("BATCH", "MODE", "PLACE", "OPENED", "STAGE", "LINES", "PIECES")
        for batch in batches {
            table.add(
                .init(batch.code), .init(batch.mode), .init(batch.place),
                .init(Clock.dayAndTime(batch.opened)),
                .init(batch.stage, batch.stage == "open" ? .good : .quiet),
                .init("\(batch.lines)"), .init("\(batch.pieces)"))
        }
        return table.text
    }

    private static func text(_ batch: BatchReport) -> String {
        var lines = Table("LINE", "QUANTITY", "CODE")
        for line in batch.content ?? [] {
            lines.add(.init(line.id), .init("\(line.quantity)"), .init(line.code))
        }
        var totals = Table("ITEM", "LOT", "PIECES")
        for total in batch.totals {
            totals.add(.init(total.code), .init(total.lot ?? ""), .init("\(total.pieces)"))
        }
        return [table([batch]), totals.text, lines.text].joined(separator: "\n\n")
    }
}
