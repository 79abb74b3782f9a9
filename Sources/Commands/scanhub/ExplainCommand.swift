import ArgumentParser
import Hub
import HubStorage
import Replication

struct ExplainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain", abstract: "Say how a balance came about.",
        discussion: "balance = what was counted + what its counter had not seen")

    @OptionGroup var data: DataOptions
    @OptionGroup var tenant: TenantOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "The item's code.")
    var item: String
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
        let key = StockKey(item: ItemCode(item), place: PlaceCode(place), lot: LotCode(lot))
        let report = BalanceReport(
            try await store.tenant(tenant.tenant).explain(key, limit: limit))
        try store.close()
        if output.json { print(JSONForm.text(report)) } else { show(report) }
    }

    private func show(_ report: BalanceReport) {
        print("\(report.quantity)  \(report.item) at \(report.place)")
        if let count = report.count {
            print("  \(count.counted) counted \(who(count.by))")
            print("  \(report.notSeen) not seen by the counter")
        }
        if let recount = report.recount {
            print("  count again: it is \(recount.quantity), or \(recount.ifCountedLast)")
        }
        for posting in report.postings {
            let mark = posting.isCounted ? "counted" : "       "
            print("  \(mark)  \(posting.quantity)  \(posting.kind) \(who(posting.by))")
        }
        if report.isTruncated { print("  and older ones: --limit shows more") }
    }

    private func who(_ author: AuthorReport) -> String {
        let person = author.operator.map { " by \($0)" } ?? ""
        return "\(author.time) at \(author.station)\(person)  [\(author.id)]"
    }
}
