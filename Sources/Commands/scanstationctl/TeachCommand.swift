import ArgumentParser
import LocalAPI

struct TeachCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "teach", abstract: "Say what a code means that the catalogue doesn't know.",
        discussion: """
            Every station hears of it. What was booked under the code stays there; what is shown of
            it has the name from now on.

            scanstationctl teach SUP-4711 BOLT-M8
            scanstationctl teach 14006381333938 BOLT-M8 --quantity 12
            """)

    @Argument(help: "The code, as a scanner reads it.") var code: String
    @Argument(help: "The item's key, or a code of it that is known.") var item: String
    @Option(help: "How many of the item one scan of the code stands for.") var quantity: Int64?
    @OptionGroup var station: StationOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let report = try await station.client().post(
            "/catalogue/teach", TeachRequest(code: code, item: item, quantity: quantity),
            as: TeachReport.self)
        output.show(report) { "\($0.code) means \($0.quantity) × \($0.name) (\($0.item))" }
    }
}
