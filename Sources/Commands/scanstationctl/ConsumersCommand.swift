import ArgumentParser
import LocalAPI

struct ConsumersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "consumers",
        abstract: "Who gets what is scanned here: how far each is, what waits, what went wrong.",
        discussion: """
            The hub, and all programs and pages that read the event stream, over the socket or a \
            port; those that left lately too. What the hub sends on to other systems: \
            scanhub sinks list.
            """)

    @OptionGroup var station: StationOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let list = try await station.client().get("/consumers", as: ConsumerList.self)
        output.show(each: list.consumers, as: Self.table)
    }

    private static func table(_ consumers: [ConsumerReport]) -> String {
        var table = Table("CONSUMER", "BY", "STATE", "POSITION", "WAITING", "SINCE", "LAST ERROR")
        for one in consumers {
            let isWell = one.state == "reading" || one.state == "online"
            table.add(
                .init(one.name), .init(one.door), .init(one.state, isWell ? .good : .quiet),
                .init(one.position.map { "\($0)" } ?? ""), .init("\(one.lag)"),
                .init((one.left ?? one.oldest ?? one.since).map(Clock.dayAndTime) ?? ""),
                .init(one.code ?? "", .bad))
        }
        return table.text
    }
}
