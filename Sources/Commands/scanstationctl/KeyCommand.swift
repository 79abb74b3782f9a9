import ArgumentParser
import LocalAPI

struct KeyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key", abstract: "The key by which the hub knows this station.",
        subcommands: [Rotate.self])

    struct Rotate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "rotate", abstract: "Change the key, as happens every 90 days by itself.",
            discussion: """
                The hub takes the old key until it has heard the new one. Without the hub the \
                change waits for it.
                """)

        @OptionGroup var station: StationOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let client = try station.client()
            let link = try await client.post("/key/rotate", EmptyRequest(), as: LinkReport.self)
            output.show(link) { "The key is being changed; the hub was \($0.state)." }
        }
    }
}
