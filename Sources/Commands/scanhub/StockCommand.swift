import ArgumentParser
import Hub
import HubStorage
import LedgerStore
import Replication

struct StockCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stock", abstract: "List how much of what is where.")

    @OptionGroup var data: DataOptions
    @OptionGroup var tenant: TenantOptions
    @OptionGroup var output: OutputOptions

    @Option(help: "Only this item.")
    var item: String?
    @Option(help: "Only this place.")
    var place: String?

    private static let pageLimit = 1000

    func run() async throws {
        let store = try data.store()
        let ledger = try store.tenant(tenant.tenant)
        var filter = StockFilter(
            item: item.map { ItemCode($0) }, place: place.map { PlaceCode($0) })
        var isEmpty = true
        while true {
            let page = try await ledger.stock(filter, limit: Self.pageLimit)
            show(page.map(StockReport.init))
            isEmpty = isEmpty && page.isEmpty
            guard page.count == Self.pageLimit, let last = page.last else { break }
            filter.after = last.key
        }
        try store.close()
        if isEmpty, !output.json { print("nothing is in stock yet") }
    }

    private func show(_ reports: [StockReport]) {
        guard !output.json else { return reports.forEach { print(JSONForm.text($0)) } }
        guard !reports.isEmpty else { return }
        var table = TextTable([
            ("QUANTITY", .right), ("ITEM", .left), ("PLACE", .left), ("LOT", .left), ("", .left),
        ])
        for report in reports {
            let recount = report.recount.map {
                "count again: \($0.quantity) or \($0.ifCountedLast)"
            }
            table.add([
                "\(report.quantity)", report.item, report.place, report.lot ?? "", recount ?? "",
            ])
        }
        for line in table.lines { print(line) }
    }
}
