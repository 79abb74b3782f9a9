import ArgumentParser
import CommandKit
import LocalAPI
import SyncProtocol

struct EnrolCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "enrol", abstract: "Join a hub with a one-time code.",
        discussion: """
            At the hub, `scanhub enrol-code --hub ADDRESS` prints a link, `scanhub enrol-code` a \
            code. What was scanned before goes along.

            scanstationctl enrol 'scanstation:enrol?hub=https://hub.local:8480&code=...&pin=...'
            scanstationctl enrol https://hub.local:8480 7K3QF-X9M2A --pin sha256//...=
            """)

    @Argument(help: "The hub's link, or its address.") var url: String
    @Argument(help: "The one-time code; a link holds it.") var code: String?
    @Option(help: "The only key that the hub may have; a link holds it.") var pin: String?
    @Option(help: "What people call this station.") var name: String?
    @OptionGroup var station: StationOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard link == nil else { return }
        guard url.hasPrefix("http://") || url.hasPrefix("https://") else {
            throw ValidationError(
                "'\(url)' is no link and no address: that begins with http:// or https://")
        }
        guard code != nil else { throw ValidationError("the one-time code is missing") }
    }

    private var link: EnrolmentLink? { EnrolmentLink(url) }

    func run() async throws {
        let client = try station.client()
        let link = self.link ?? EnrolmentLink(hubURL: url, code: code ?? "", pin: pin)
        let request = EnrolRequest(
            hubURL: link.hubURL, code: link.code, pin: link.pin, name: name)
        let report = try await Progress.during("Asking the hub") {
            try await client.post("/enrol", request, as: EnrolReport.self)
        }
        output.show(report) { report in
            let text = "This is station \(report.station) of \(report.tenant) now."
            return report.warning.map { "\(text)\nWarning: \($0)" } ?? text
        }
    }
}

struct SyncCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sync", abstract: "Try the hub at once instead of waiting for the next try.",
        discussion: """
            scanstationctl sync
            scanstationctl sync --wait 30     until all is sent; exit 6 when it is not by then
            """)

    @Option(help: "Wait so many seconds until nothing is left.") var wait: Int?
    @OptionGroup var station: StationOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let client = try station.client()
        let link = try await client.post("/sync/now", EmptyRequest(), as: LinkReport.self)
        guard let wait else { return output.show(link) { "The hub is tried; it was \($0.state)." } }
        let outbox = try await client.outbox(emptyWithin: wait)
        output.show(outbox, as: OutboxCommand.text)
        if outbox.waiting > 0 { throw ExitCode(ExitStatus.unsent.rawValue) }
    }
}
