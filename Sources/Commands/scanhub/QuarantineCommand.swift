import ArgumentParser
import Hub
import HubStorage
import Reporting

struct QuarantineCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "quarantine",
        abstract: "List the operations that the hub refused and nobody has put right.",
        discussion: """
            An operation is put right at its station: scanstationctl outbox edit OPERATION
            """)

    @Flag(help: "Those that were put right as well.") var all = false
    @Option(help: "At most so many, the newest first.") var limit = 200
    @OptionGroup var data: DataOptions
    @OptionGroup var tenant: TenantOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...100_000).contains(limit) else {
            throw ValidationError("--limit is between 1 and 100000")
        }
    }

    func run() async throws {
        let store = try data.existingStore()
        let reports = try await store.tenant(tenant.tenant).quarantine(
            repairedToo: all, limit: limit
        ).map { QuarantineReport($0) }
        try store.close()
        guard !output.json else { return reports.forEach { print(JSONForm.text($0)) } }
        guard !reports.isEmpty else { return print("Nothing is refused.") }
        var table = TextTable([
            ("OPERATION", .left), ("STATION", .left), ("WHEN", .left), ("BY", .left),
            ("WHAT", .left), ("CODE", .left), ("WHY", .left), ("PUT RIGHT BY", .left),
        ])
        for report in reports {
            let operation = report.operation
            table.add([
                operation.id, operation.station, operation.time, operation.operator ?? "",
                operation.sentence, report.code, report.message,
                (report.repairedBy ?? "") + (report.isGivenUp ? " (given up)" : ""),
            ])
        }
        for line in table.lines { print(line) }
    }
}
