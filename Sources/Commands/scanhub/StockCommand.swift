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
        while true {
            let page = try await ledger.stock(filter, limit: Self.pageLimit)
            for balance in page { show(StockReport(balance)) }
            guard page.count == Self.pageLimit, let last = page.last else { break }
            filter.after = last.key
        }
        try store.close()
    }

    private func show(_ report: StockReport) {
        guard !output.json else { return print(JSONForm.text(report)) }
        var parts = ["\(report.quantity)", report.item, "at \(report.place)"]
        if let lot = report.lot { parts.append("lot \(lot)") }
        if let recount = report.recount {
            parts.append("COUNT AGAIN: \(recount.quantity) or \(recount.ifCountedLast)")
        }
        print(parts.joined(separator: "  "))
    }
}
