import ArgumentParser
import CommandKit
import LocalAPI

struct TailCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tail", abstract: "Show scans as they come.",
        discussion: """
            scanstationctl tail                           from now on
            scanstationctl tail --since 0 --no-follow     all there is, then end
            scanstationctl tail --since 4711 --json       after 4711; none is missing, none twice
            """)

    @Option(help: "Begin after this sequence, which each event bears.") var since: Int64?
    @Flag(inversion: .prefixedNo, help: "Go on when everything stored has been shown.")
    var follow = true
    @OptionGroup var station: StationOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let client = try station.client()
        var query = ["follow=\(follow)"]
        if let since { query.append("since=\(since)") }
        try await client.follow("GET", "/events?" + query.joined(separator: "&")) { event in
            try show(event)
            return true
        }
        guard !follow else {
            throw CommandFailure(
                status: .notRunning, code: "not-running", message: "the daemon has stopped")
        }
    }

    private func show(_ event: ServerSentEvent) throws {
        let data = Array(event.data.utf8)
        switch event.name {
        case "intake": output.show(try APIForm.decode(EventReport.self, from: data), as: Self.text)
        case "refused":
            output.show(try APIForm.decode(RefusedReport.self, from: data)) {
                Paint.bad("lost      \($0.device)  \($0.message) [\($0.code)]")
            }
        case "device" where !output.json:
            let device = try APIForm.decode(DeviceReport.self, from: data)
            print(Paint.quiet("device    \(device.name)  \(device.state): \(device.reason)"))
        case "outbox" where !output.json:
            let outbox = try APIForm.decode(OutboxReport.self, from: data)
            print(Paint.quiet("outbox    ") + OutboxCommand.text(outbox))
        default: break
        }
    }

    private static func text(_ event: EventReport) -> String {
        let code = event.code.map { " [\($0)]" } ?? ""
        return [
            Clock.timeOfDay(event.time), event.device, Paint(signal: event.signal)(event.signal),
            Paint.strong(event.elements ?? event.text), event.message + code,
        ].joined(separator: "  ")
    }
}
