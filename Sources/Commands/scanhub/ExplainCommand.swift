import ArgumentParser
import Hub
import HubStorage
import Replication

struct ExplainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain", abstract: "Say how a balance came about.",
        discussion: """
            balance = what was counted + what its counter had not seen

            scanhub explain 4006381333931 LOC-A1 --data ./hub
            """)

    @OptionGroup var data: DataOptions
    @OptionGroup var tenant: TenantOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "The item's code, as it was scanned.")
    var item: ScannedItem
    @Argument(help: "The place's code.")
    var place: String
    @Option(help: "The lot, when lots are told apart.")
    var lot = ""
    @Option(help: "How many postings to list, the newest first.")
    var limit = 50

    func validate() throws {
        guard (1...100_000).contains(limit) else {
            throw ValidationError("--limit is between 1 and 100000")
        }
    }

    func run() async throws {
        let store = try data.store()
        let key = StockKey(item: item.code, place: PlaceCode(place), lot: LotCode(lot))
        let report = BalanceReport(
            try await store.tenant(tenant.tenant).explain(key, limit: limit))
        try store.close()
        if output.json { print(JSONForm.text(report)) } else { show(report) }
    }

    private func show(_ report: BalanceReport) {
        let lot = report.lot.map { " lot \($0)" } ?? ""
        print("\(report.item)\(lot) at \(report.place): \(report.quantity)")
        if let count = report.count {
            print(
                "\(count.counted) were counted at \(count.by.time) by \(count.by.station), and "
                    + "\(report.notSeen) came that the counter had not seen.")
        }
        if let recount = report.recount {
            print("Count again: there are \(recount.quantity), or \(recount.ifCountedLast).")
        }
        guard !report.postings.isEmpty else { return print("Nothing was posted there.") }
        for line in table(report).lines { print(line) }
        if report.isTruncated { print("Older ones are left out: --limit shows more.") }
    }

    private func table(_ report: BalanceReport) -> TextTable {
        var table = TextTable([
            ("QUANTITY", .right), ("WHAT", .left), ("WHEN", .left), ("STATION", .left),
            ("DEVICE", .left), ("BY", .left), ("", .left), ("OPERATION", .left),
        ])
        for posting in report.postings {
            let by = posting.by
            table.add([
                "\(posting.quantity)", posting.kind, by.time, by.station, by.device ?? "",
                by.operator ?? "", posting.isCounted ? "in the count" : "", by.id,
            ])
        }
        return table
    }
}
