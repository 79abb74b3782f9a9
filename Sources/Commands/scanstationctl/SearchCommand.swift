import ArgumentParser
import LocalAPI

struct SearchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "search", abstract: "Find items by name or code, and where they are.",
        discussion: """
            scanstationctl search hex bolt
            scanstationctl search 400638
            """)

    @Argument(help: "Words, or a code, as far as they are known.") var words: [String]
    @Option(help: "At most so many, to 50.") var limit = 20
    @OptionGroup var station: StationOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let query = words.joined(separator: " ").urlPart
        let report = try await station.client().get(
            "/search?q=\(query)&limit=\(limit)", as: SearchReport.self)
        output.show(report, as: Self.text)
    }

    private static func text(_ report: SearchReport) -> String {
        guard !report.items.isEmpty else { return "Nothing is called so." }
        var table = Table("ITEM", "NAME", "CODES", "STOCK")
        for item in report.items {
            table.add(
                .init(item.key), .init(item.name), .init(codes(of: item)),
                .init(stock(of: item)))
        }
        return (report.isGuess ? "Nothing is called so. Like it:\n" : "") + table.text
    }

    private static func stock(of item: CatalogueEntry) -> String {
        (item.stock ?? []).filter { $0.quantity != 0 }
            .map { "\($0.quantity) at \($0.place)" }.joined(separator: ", ")
    }

    static func codes(of item: CatalogueEntry) -> String {
        item.codes.map { $0.quantity == 1 ? $0.code : "\($0.code) (\($0.quantity))" }
            .joined(separator: " ")
    }
}
