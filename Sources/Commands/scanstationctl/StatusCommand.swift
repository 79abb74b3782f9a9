import ArgumentParser
import LocalAPI

struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Show how the station fares.",
        discussion: """
            scanstationctl status
            scanstationctl status --json | jq .outbox.waiting
            """)

    @OptionGroup var station: StationOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let status = try await station.client().get("/status", as: StatusReport.self)
        output.show(status, as: Self.text)
    }

    private static func text(_ status: StatusReport) -> String {
        var lines = [
            "Station  \(Paint.strong(status.name))\(status.link.station.map { " (\($0))" } ?? "")",
            "Hub      " + text(status.link),
            "Outbox   " + OutboxCommand.text(status.outbox),
            "Work     " + work(status),
            "Scans    \(status.lastSequence) so far",
        ]
        if let catalogue = status.catalogue {
            let compared = catalogue.compared.map { "whole at \($0)" } ?? "not whole yet"
            lines.insert(
                "Names    \(catalogue.position) changes of the catalogue, \(compared)", at: 3)
        }
        if status.devices.isEmpty {
            lines.append("Devices  none yet: scanstationctl identify")
        } else {
            lines.append("Devices")
            lines.append(DevicesCommand.table(status.devices))
        }
        return lines.joined(separator: "\n")
    }

    private static func text(_ link: LinkReport) -> String {
        switch link.state {
        case "online": Paint.good("online") + " at \(link.hubURL ?? "")"
        case "not-enrolled": "none: scanstationctl enrol URL CODE"
        case "offline":
            Paint.notable("offline") + ": \(link.message ?? "") [\(link.code ?? "")]"
        default: link.state
        }
    }

    private static func work(_ status: StatusReport) -> String {
        var text = "\(status.mode) at \(status.place)"
        if let quantity = status.quantity { text += ", the next item counts \(quantity)" }
        if let batch = status.openBatch {
            text += ", batch open: \(batch.lines) lines, \(batch.pieces) pieces"
        }
        return text
    }
}
