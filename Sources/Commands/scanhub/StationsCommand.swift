import ArgumentParser
import Hub
import HubStorage

struct StationsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stations", abstract: "List the stations and how they fare.")

    @OptionGroup var data: DataOptions
    @OptionGroup var tenant: TenantOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let store = try data.existingStore()
        let stations = try await store.registry.stations(of: tenant.tenant)
        let alarms = try await store.tenant(tenant.tenant).alarms()
        try store.close()
        let reports = stations.map { station in
            StationReport(station, alarms: alarms.filter { $0.station == station.code })
        }
        guard !output.json else { return reports.forEach { print(JSONForm.text($0)) } }
        guard !reports.isEmpty else {
            return print("no station is enrolled yet: scanhub enrol-code makes a code for one")
        }
        var table = TextTable([
            ("STATION", .left), ("NAME", .left), ("LAST HELLO", .left), ("SOFTWARE", .left),
            ("LOOK AT", .left),
        ])
        for report in reports {
            table.add([
                report.station, report.name, report.lastSeen ?? "never", report.software,
                notes(report).joined(separator: "; "),
            ])
        }
        for line in table.lines { print(line) }
    }

    /// What a person should look at.
    private func notes(_ report: StationReport) -> [String] {
        var notes: [String] = []
        if let revoked = report.revoked { notes.append("revoked \(revoked)") }
        if abs(report.clockOffsetMilliseconds) > Self.clockPatienceMilliseconds {
            notes.append("clock off by \(report.clockOffsetMilliseconds / 1000) s")
        }
        return notes
            + report.alarms.map { "\($0.kind) since \($0.since): \($0.detail)" }
    }

    private static let clockPatienceMilliseconds: Int64 = 120_000
}
