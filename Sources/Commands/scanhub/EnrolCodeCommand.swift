import ArgumentParser
import Hub
import HubStorage

struct EnrolCodeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "enrol-code", abstract: "Make a one-time code that enrols a station.",
        discussion: """
            At the station: scanstationctl enrol HUB-ADDRESS CODE
            A code is good for one station. It can be made while the hub runs.
            """)

    @OptionGroup var data: DataOptions
    @OptionGroup var tenant: TenantOptions
    @OptionGroup var output: OutputOptions

    @Option(help: "How long the code is good.")
    var minutes = 10

    func validate() throws {
        guard (1...10_080).contains(minutes) else {
            throw ValidationError("--minutes is between 1 and 10080, a week")
        }
    }

    func run() async throws {
        let store = try data.store()
        let code = try await store.registry.makeEnrolmentCode(
            tenant: tenant.tenant, minutes: minutes, now: WallClock.microseconds())
        try store.close()
        print(output.json ? JSONForm.text(EnrolmentCodeReport(code)) : code.text)
    }
}
