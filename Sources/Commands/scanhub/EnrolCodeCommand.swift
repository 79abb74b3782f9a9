import ArgumentParser
import CommandKit
import Hub
import HubStorage
import Replication

struct EnrolCodeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "enrol-code", abstract: "Make a one-time code that enrols a station.",
        discussion: """
            At the station: scanstationctl enrol LINK, or scanstationctl enrol HUB-ADDRESS CODE
            With --hub the link is printed, which holds the pin of the hub's key as well.
            A code is good for one station. It can be made while the hub runs.
            """)

    @OptionGroup var data: DataOptions
    @OptionGroup var tenant: TenantOptions
    @OptionGroup var output: OutputOptions

    @Option(help: "How long the code is good.")
    var minutes = 10

    @Option(help: "The hub's address as stations see it, https://hub.local:8480.")
    var hub: String?

    @Option(
        help: "The station that its user becomes, in place of the machine that it was so far.")
    var station: String?

    func validate() throws {
        guard (1...10_080).contains(minutes) else {
            throw ValidationError("--minutes is between 1 and 10080, a week")
        }
        guard let hub else { return }
        guard hub.hasPrefix("https://") || hub.hasPrefix("http://") else {
            throw ValidationError("--hub '\(hub)' begins with neither https:// nor http://")
        }
    }

    func run() async throws {
        let store = try data.store()
        let code = try await store.registry.makeEnrolmentCode(
            tenant: tenant.tenant, minutes: minutes, station: station.map { StationCode($0) },
            by: .shell, now: WallClock.microseconds())
        try store.close()
        let pin = try data.pin()
        let report = EnrolmentCodeReport(code, pin: pin, hubURL: hub)
        if output.json { return print(JSONForm.text(report)) }
        if hub == nil, let pin { printError("scanhub: the pin of this hub's key is \(pin)") }
        print(report.link ?? code.text)
    }
}
