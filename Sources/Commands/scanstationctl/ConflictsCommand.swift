import ArgumentParser
import LocalAPI

struct ConflictsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "conflicts",
        abstract: "List where stations said different things without knowing of each other.")

    @OptionGroup var station: StationOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let report = try await station.client().get("/conflicts", as: ConflictReport.self)
        output.show(report, as: Self.text)
    }

    private static func text(_ report: ConflictReport) -> String {
        guard !report.isEmpty else { return "Nobody disagrees." }
        let recounts = report.recounts.map {
            "Count again: \($0.item) at \($0.place), \($0.quantity)"
                + ($0.ifCountedLast.map { " or \($0)" } ?? "")
        }
        let serials = report.serials.map {
            "Serial \($0.serial): " + $0.contested.joined(separator: " or ")
        }
        let attributes = report.attributes.map {
            "\($0.item), \($0.field): " + $0.siblings.joined(separator: " or ")
        }
        return (recounts + serials + attributes).joined(separator: "\n")
    }
}
