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
        let store = try data.store()
        let stations = try await store.registry.stations(of: tenant.tenant)
        let alarms = try await store.tenant(tenant.tenant).alarms()
        try store.close()
        let reports = stations.map { station in
            StationReport(station, alarms: alarms.filter { $0.station == station.code })
        }
        for report in reports { print(output.json ? JSONForm.text(report) : line(report)) }
        if reports.isEmpty, !output.json { print("no station is enrolled yet") }
    }

    private func line(_ report: StationReport) -> String {
        var parts = [report.station, report.name, "seen \(report.lastSeen ?? "never")"]
        if abs(report.clockOffsetMilliseconds) > 120_000 {
            parts.append("CLOCK OFF BY \(report.clockOffsetMilliseconds / 1000) s")
        }
        if let revoked = report.revoked { parts.append("REVOKED \(revoked)") }
        for alarm in report.alarms {
            parts.append("\(alarm.kind.uppercased()) since \(alarm.since): \(alarm.detail)")
        }
        return parts.joined(separator: "  ")
    }
}
