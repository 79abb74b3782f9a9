import ArgumentParser
import Hub
import HubStorage
import LedgerStore
import Replication

struct StockCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stock", abstract: "List how much of what is where.",
        discussion: """
            scanhub stock --data ./hub --item 4006381333931
            scanhub stock --data ./hub --all        also the other side of the books
            """)

    @OptionGroup var data: DataOptions
    @OptionGroup var tenant: TenantOptions
    @OptionGroup var output: OutputOptions

    @Option(help: "Only this item; its code as it was scanned.")
    var item: ScannedItem?
    @Option(help: "Only this place.")
    var place: String?
    @Flag(help: "Show the ledger's own places too: outside, shipped. JSON marks them.")
    var all = false

    private static let pageLimit = 1000

    func run() async throws {
        let store = try data.store()
        let ledger = try store.tenant(tenant.tenant)
        var filter = StockFilter(
            item: item?.code, place: place.map { PlaceCode($0) })
        var isEmpty = true
        while true {
            let page = try await ledger.stock(filter, limit: Self.pageLimit)
            let shown = page.filter { all || place != nil || !$0.key.place.isInternal }
            show(shown.map(StockReport.init))
            isEmpty = isEmpty && shown.isEmpty
            guard page.count == Self.pageLimit, let last = page.last else { break }
            filter.after = last.key
        }
        try store.close()
        if isEmpty, !output.json {
            print(
                item == nil && place == nil
                    ? "nothing is in stock yet" : "nothing of that is in stock")
        }
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
            let note = recount ?? (report.isInternal == true ? "no place of yours" : "")
            table.add([
                "\(report.quantity)", report.item, report.place, report.lot ?? "", note,
            ])
        }
        for line in table.lines { print(line) }
    }
}
